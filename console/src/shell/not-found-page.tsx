/** An address that leads to no page. */
import { useTexts } from '../i18n/language.tsx';
import { Empty } from '../shared/empty.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { shellTexts } from './texts.ts';

export function NotFoundPage() {
  const t = useTexts(shellTexts);
  return (
    <Empty
      icon="mapPin"
      level={1}
      title={t.notFoundTitle}
      action={<ButtonLink to="/customers">{t.home}</ButtonLink>}
    >
      {t.notFound}
    </Empty>
  );
}
