/** Changes without a form: remove, reorder, make main. What was removed can be brought back. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, bodyOf, type Tagged, taggedBodyOf } from '../../../api/client.ts';
import { customerQuery, useCustomerChanged } from '../../../api/customer.ts';
import { useTexts } from '../../../i18n/language.tsx';
import { useComplain } from '../../../shared/problem.tsx';
import { useRecord } from './record-context.tsx';
import { texts } from './texts.ts';
import type { Customer } from './types.ts';

const UNDO_MILLISECONDS = 12_000;
/** Changes among which the one to take back is looked for. */
const UNDO_DEPTH = 20;

/** `act(path, edit)`: saves an edit at once; says in a toast when it was refused. */
export function useAct(): (path: string, edit: (base: Customer) => Customer) => Promise<boolean> {
  const { session } = useRecord();
  const complain = useComplain();
  return async (path, edit) => {
    const saved = await session.save(path, edit);
    const refusal = session.state().refusals[path];
    if (refusal) {
      complain(refusal.error);
      session.forgetRefusal(path);
    }
    return saved;
  };
}

/** `remove(path, what, edit)`: with a toast that can undo it. */
export function useRemove(): (path: string, what: string, edit: (base: Customer) => Customer) => void {
  const act = useAct();
  const undo = useUndo();
  return async (path, what, edit) => {
    if (!(await act(`${path}/remove`, edit))) return;
    const id = `undo ${path}`;
    notifications.show({
      id,
      color: 'gray',
      autoClose: UNDO_MILLISECONDS,
      message: (
        <Removed
          what={what}
          onUndo={() => {
            notifications.hide(id);
            undo.mutate({ path, what });
          }}
        />
      ),
    });
  };
}

function Removed({ what, onUndo }: { readonly what: string; readonly onUndo: () => void }) {
  const t = useTexts(texts);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The focus was in what was removed: by keyboard, this is where to go on from.
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t.removed(what)}
      </Text>
      <Button ref={button} size="compact-sm" variant="light" onClick={onUndo}>
        {t.undo}
      </Button>
    </Group>
  );
}

/** Reverts the change that removed it: unlike adding it anew, this brings back its id, and numbers that are masked here. */
function useUndo() {
  const { customer } = useRecord();
  const { id } = customer;
  const client = useQueryClient();
  const changed = useCustomerChanged(id);
  const complain = useComplain();
  const t = useTexts(texts);
  const params = { path: { id } };
  return useMutation({
    mutationFn: async ({ path }: { path: string; what: string }) => {
      const history = await bodyOf(
        api.GET('/concord/v1/customers/{id}/history', {
          params: { ...params, query: { limit: String(UNDO_DEPTH) } },
        }),
      );
      const change = history.items.find(({ fields }) =>
        fields.some(field => field.path === path || field.path.startsWith(`${path}/`)),
      );
      if (!change) return undefined;
      const present = client.getQueryData<Tagged<Customer>>(customerQuery(id).queryKey)!;
      return taggedBodyOf(
        api.POST('/concord/v1/customers/{id}/revert', {
          params,
          headers: { 'if-match': present.etag },
          body: { sequence: change.sequence },
        }),
      );
    },
    onSuccess: async (answer, { what }) => {
      if (!answer) {
        notifications.show({ color: 'amber', message: t.undoGone });
        return;
      }
      await changed(answer as Tagged<Customer>);
      notifications.show({ color: 'moss', message: t.restored(what) });
    },
    onError: complain,
  });
}
