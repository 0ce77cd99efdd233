/** What one system sees: its id for the customer, the answers, and what it cannot tell. */
import { Alert, Button, CopyButton } from '@mantine/core';
import { useSession } from '../../../api/session.ts';
import { useTexts } from '../../../i18n/language.tsx';
import { Copy } from '../../../shared/copy.tsx';
import { DialectBadge } from '../../../shared/dialect.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import type { Words } from '../../../words/path-words.ts';
import { type ChangedLeaves, changedIn } from './changed-leaves.ts';
import { curlOf } from './curl.ts';
import { JsonBody } from './json-body.tsx';
import { withoutEmpty } from './json-lines.ts';
import { Omissions } from './omissions.tsx';
import type { RecordTexts } from './own-words.ts';
import type { View } from './queries.ts';
import { texts } from './texts.ts';
import classes from './view-column.module.css';

export interface ViewColumnProps {
  readonly view: View;
  readonly words: Words;
  readonly record: RecordTexts;
  readonly find: string;
  readonly pointed: string | undefined;
  readonly changed: ChangedLeaves;
  readonly hidesEmpty: boolean;
}

export function ViewColumn({ view, words, ...marks }: ViewColumnProps) {
  const t = useTexts(texts);
  const isRefused = view.requests.some(({ status }) => status >= 400);
  return (
    <article className={classes.column} aria-label={view.title}>
      <header className={classes.head}>
        <h3 className={classes.title}>
          <DialectBadge name={view.dialect} />
        </h3>
        <span className={classes.id}>
          <code>{view.id}</code>
          <Copy value={view.id} what={t.id(view.title)} />
        </span>
      </header>
      {isRefused && (
        <Alert color="amber" icon={<Icon name="info" />} mb="xs">
          {t.refused}
        </Alert>
      )}
      {view.requests.map(request => (
        <Answer key={request.path} view={view} request={request} {...marks} />
      ))}
      <Omissions view={view} words={words} />
    </article>
  );
}

function Answer({
  view,
  request: { method, path, status, body },
  hidesEmpty,
  changed,
  ...marks
}: Omit<ViewColumnProps, 'words'> & { readonly request: View['requests'][number] }) {
  const t = useTexts(texts);
  const { tenant } = useSession();
  const curl = curlOf({
    dialect: view.dialect,
    method,
    origin: window.location.origin,
    path,
    tenant,
  });
  return (
    <section className={classes.answer}>
      <div className={classes.request}>
        <code className={classes.path}>
          <span className={classes.method}>{method}</span> {path}
        </code>
        <span className={classes.status} data-fails={status >= 400 || undefined}>
          <span className="visually-hidden">{t.status('')}</span>
          {status}
        </span>
      </div>
      <JsonBody
        body={hidesEmpty ? withoutEmpty(body) : body}
        label={t.body(view.title, path)}
        changed={changedIn(changed, view.dialect + path)}
        {...marks}
      />
      <div className={classes.copies}>
        <CopyText value={JSON.stringify(body, null, 2)} label={t.copyJson} what={t.what.json} />
        <CopyText value={curl} label={t.copyCurl} what={t.what.curl} />
      </div>
    </section>
  );
}

function CopyText({
  value,
  label,
  what,
}: {
  readonly value: string;
  readonly label: string;
  readonly what: string;
}) {
  const s = useTexts(sharedTexts);
  return (
    <CopyButton value={value} timeout={1_500}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={copy}
          leftSection={<Icon name={copied ? 'check' : 'copy'} size={12} />}
          aria-label={`${copied ? s.copied : s.copy}: ${label}, ${what}`}
        >
          {label}
        </Button>
      )}
    </CopyButton>
  );
}
