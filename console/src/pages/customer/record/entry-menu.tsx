/** What can be done with one entry of a list, beside editing it. */
import { ActionIcon, Menu } from '@mantine/core';
import { useTexts } from '../../../i18n/language.tsx';
import { Icon, type IconName } from '../../../shared/icons.tsx';
import { texts } from './texts.ts';

export interface EntryAction {
  readonly label: string;
  readonly icon: IconName;
  readonly danger?: boolean;
  run(): void;
}

export interface EntryMenuProps {
  /** The entry, for those who do not see what the button stands beside. */
  readonly what: string;
  readonly actions: readonly (EntryAction | false | undefined)[];
}

export function EntryMenu({ what, actions }: EntryMenuProps) {
  const t = useTexts(texts);
  return (
    <Menu position="bottom-end" withinPortal shadow="md" keepMounted={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="md" aria-label={t.actions(what)}>
          <Icon name="dots" size={18} strokeWidth={3} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions
          .filter(action => action !== false && action !== undefined)
          .map(action => (
            <Menu.Item
              key={action.label}
              {...(action.danger && { color: 'brick' })}
              leftSection={<Icon name={action.icon} size={16} />}
              onClick={action.run}
            >
              {action.label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
