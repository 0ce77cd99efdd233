/** The record of a customer, editable in place. */
import { Alert, Button, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { customerQuery, useCustomerArchive } from '../../../api/customer.ts';
import { useMay } from '../../../api/session.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Icon } from '../../../shared/icons.tsx';
import { Problem, useComplain } from '../../../shared/problem.tsx';
import { Addresses } from './addresses.tsx';
import { Bookkeeping } from './bookkeeping.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { ContactPoints } from './contact-points.tsx';
import { CustomFields } from './custom-fields.tsx';
import { Documents } from './documents.tsx';
import { Employees } from './employees.tsx';
import { Identity } from './identity.tsx';
import { Representatives } from './people.tsx';
import { ProvenanceArea } from './provenance.tsx';
import classes from './record.module.css';
import { RecordProvider, useRecord } from './record-context.tsx';
import { TaxIds } from './tax-ids.tsx';
import { texts } from './texts.ts';
import { Trade } from './trade.tsx';

export function RecordPage() {
  const { id } = useParams({ from: '/shell/customers/$id' });
  const { data, error, refetch } = useQuery(customerQuery(id));
  if (!data) return error ? <Problem error={error} onRetry={() => void refetch()} /> : <RecordSkeleton />;
  return (
    // The state of one customer's editors is not another's.
    <RecordProvider key={id} present={data}>
      <ArchivedBanner />
      <ProvenanceArea>
        <div className={classes.columns}>
          <div className={classes.column}>
            <Identity />
            <ContactPoints />
            <Addresses />
            <Representatives />
            <Employees />
          </div>
          <div className={classes.column}>
            <TaxIds />
            <Documents />
            <Trade />
            <CustomFields />
            <Bookkeeping />
          </div>
        </div>
      </ProvenanceArea>
      <ConflictDialog />
    </RecordProvider>
  );
}

function ArchivedBanner() {
  const t = useTexts(texts);
  const format = useFormat();
  const { customer, present } = useRecord();
  const mayRestore = useMay('editor');
  const archive = useCustomerArchive(customer.id);
  const complain = useComplain();
  if (!customer.archived) return null;
  return (
    <Alert color="amber" variant="light" icon={<Icon name="archive" />} title={t.archived.title}>
      <Group justify="space-between" gap="sm">
        <span>{t.archived.text(format.dateTime(customer.archivedAt ?? customer.updatedAt))}</span>
        {mayRestore && (
          <Button
            size="xs"
            variant="default"
            loading={archive.isPending && !archive.isPaused}
            onClick={() => archive.mutate({ archive: false, etag: present.etag }, { onError: complain })}
            leftSection={<Icon name="restore" size={14} />}
          >
            {t.archived.restore}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** As high as most records, so that nothing jumps. */
function RecordSkeleton() {
  return (
    <div className={classes.columns} aria-busy="true">
      {[4, 3].map(sections => (
        <div key={sections} className={classes.column}>
          {Array.from({ length: sections }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are nothing but their places.
            <div key={at} className={classes.section}>
              <Skeleton height={22} width="40%" mb="md" />
              <Skeleton height={14} mb={10} />
              <Skeleton height={14} width="80%" mb={10} />
              <Skeleton height={14} width="60%" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
