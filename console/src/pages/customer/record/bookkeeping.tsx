/** What Concord keeps about the record itself: numbers, when and by whom. */
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Ago } from '../../../shared/ago.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

export function Bookkeeping() {
  const t = useTexts(texts);
  const format = useFormat();
  const { customer } = useRecord();
  return (
    <Section title={t.sections.bookkeeping}>
      <dl className={classes.fields}>
        <Row label={t.books.number}>
          <span className="tabular">{customer.number}</span>
        </Row>
        <Row label={t.books.created}>{format.dateTime(customer.createdAt)}</Row>
        <Row label={t.books.createdBy}>{customer.createdBy}</Row>
        <Row label={t.books.updated}>
          <Ago at={customer.updatedAt} />
        </Row>
        <Row label={t.books.version}>
          <span className="tabular">{format.number(customer.version)}</span>
        </Row>
      </dl>
    </Section>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className={classes.field} data-still>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
