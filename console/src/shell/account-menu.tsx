/** Who is signed in and where; language, appearance, sign-out. */
import {
  Avatar,
  Button,
  Group,
  type MantineColorScheme,
  Menu,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { signOut, useSession } from '../api/session.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { LANGUAGES, type Language } from '../i18n/texts.ts';
import { Icon } from '../shared/icons.tsx';
import { useComplain } from '../shared/problem.tsx';
import { shellTexts } from './texts.ts';

const NAMES = { en: 'English', de: 'Deutsch', pt: 'Português' } as const;
const SCHEMES = [
  { value: 'auto', icon: 'system' },
  { value: 'light', icon: 'sun' },
  { value: 'dark', icon: 'moon' },
] as const;

export function AccountMenu() {
  const t = useTexts(shellTexts);
  const session = useSession();
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const complain = useComplain();
  const leave = (): void => {
    signOut().then(() => navigate({ to: '/sign-in' }), complain);
  };
  return (
    <Menu position="bottom-end" width={240} shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          c="var(--ink)"
          rightSection={<Icon name="chevronDown" size={16} />}
        >
          <Group gap={8} wrap="nowrap">
            <Avatar size={28} color="petrol" name={session.name} radius="xl" alt="" aria-hidden="true" />
            <span className="visually-hidden">{t.account(session.name, session.tenant)}</span>
            <Text size="sm" fw={500} visibleFrom="xs" aria-hidden="true">
              {session.tenant}
            </Text>
          </Group>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--ink)">
            {session.name}
          </Text>
          {session.tenant} · {t.role[session.role]}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t.language}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={value => choose(value as Language)}>
          {LANGUAGES.map(value => (
            <Menu.RadioItem key={value} value={value} lang={value}>
              {NAMES[value]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t.scheme}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={value => setColorScheme(value as MantineColorScheme)}>
          {SCHEMES.map(({ value, icon }) => (
            <Menu.RadioItem key={value} value={value} rightSection={<Icon name={icon} size={16} />}>
              {t.schemes[value]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={leave} closeMenuOnClick>
          {t.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
