/** What stands in the place of changes that are not there. */
import { Alert, Button } from '@mantine/core';
import { useTexts } from '../../../i18n/language.tsx';
import { Empty } from '../../../shared/empty.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { texts } from './texts.ts';

export function NotFoundNotice() {
  const t = useTexts(texts);
  return (
    <Alert color="amber" icon={<Icon name="info" />} mt="md">
      {t.notFound}
    </Alert>
  );
}

export interface NothingHereProps {
  readonly isFiltered: boolean;
  onShowAll(): void;
}

export function NothingHere({ isFiltered, onShowAll }: NothingHereProps) {
  const t = useTexts(texts);
  return isFiltered ? (
    <Empty
      icon="filter"
      title={t.noneThrough}
      action={
        <Button variant="default" onClick={onShowAll}>
          {t.showAll}
        </Button>
      }
    >
      {t.noneThroughHint}
    </Empty>
  ) : (
    <Empty icon="history" title={t.none} />
  );
}
