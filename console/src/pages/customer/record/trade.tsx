/** Orders and subscriptions: told by the systems that have them, to be read only. */
import { Badge } from '@mantine/core';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import classes from './record.module.css';
import { useRecord } from './record-context.tsx';
import { Section } from './section.tsx';
import { texts } from './texts.ts';

export function Trade() {
  const t = useTexts(texts);
  const format = useFormat();
  const { customer } = useRecord();
  const { orders, subscriptions } = customer;
  const amount = (text: string): string => {
    const value = Number(text);
    const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 4 };
    return text.trim() !== '' && Number.isFinite(value) ? format.number(value, decimals) : text;
  };
  return (
    <Section title={t.sections.trade}>
      {orders.length + subscriptions.length === 0 && <p className={classes.none}>{t.trade.none}</p>}
      {orders.length > 0 && (
        <table className={classes.table}>
          <caption>{t.trade.orders}</caption>
          <thead>
            <tr>
              <th scope="col">{t.trade.number}</th>
              <th scope="col">{t.trade.status}</th>
            </tr>
          </thead>
          <tbody>
            {orders.map(({ id, status }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>
                  <Badge size="sm" variant="light" color="gray" tt="none">
                    {status}
                  </Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {subscriptions.length > 0 && (
        <table className={classes.table}>
          <caption>{t.trade.subscriptions}</caption>
          <thead>
            <tr>
              <th scope="col">{t.trade.number}</th>
              <th scope="col">{t.trade.status}</th>
              <th scope="col" className={classes.amount}>
                {t.trade.monthly}
              </th>
            </tr>
          </thead>
          <tbody>
            {subscriptions.map(({ id, status, monthlyAmount }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>
                  <Badge size="sm" variant="light" color="gray" tt="none">
                    {status}
                  </Badge>
                </td>
                <td className={`${classes.amount} tabular`}>{amount(monthlyAmount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
