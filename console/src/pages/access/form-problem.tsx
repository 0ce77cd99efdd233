/** What is wrong with a form and belongs to none of its fields: faults of fields stand beside them. */
import { Alert } from '@mantine/core';
import { isProblem, ProblemError } from '../../api/problem.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Problem } from '../../shared/problem.tsx';
import { texts } from './texts.ts';

export function FormProblem({ error }: { readonly error: unknown }) {
  const t = useTexts(texts).form;
  if (!error || (error instanceof ProblemError && error.errors.length > 0)) return null;
  if (isProblem(error, 'value-taken'))
    return (
      <Alert color="brick" variant="light" icon={<Icon name="alert" />} role="alert">
        {t.taken}
      </Alert>
    );
  return <Problem error={error} />;
}
