/** The frame around every page: navigation, account, what the connection does. */
import { AppShell, Burger, Group, NavLink, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { createLink, Link, Outlet, useLocation } from '@tanstack/react-router';
import { type ComponentPropsWithRef, useEffect } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { Icon, type IconName } from '../shared/icons.tsx';
import mark from '../theme/mark.svg';
import { AccountMenu } from './account-menu.tsx';
import { ExpiredDialog } from './expired-dialog.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import classes from './shell.module.css';
import { shellTexts } from './texts.ts';

const PAGES = [
  { to: '/customers', name: 'customers', icon: 'customers' },
  { to: '/live', name: 'live', icon: 'live' },
  { to: '/access', name: 'access', icon: 'access' },
  { to: '/health', name: 'health', icon: 'health' },
] as const satisfies readonly { to: string; name: string; icon: IconName }[];

const PageLink = createLink(
  ({
    label,
    icon,
    className: _className,
    onChange: _onChange,
    ...props
  }: { readonly label: string; readonly icon: IconName } & ComponentPropsWithRef<'a'>) => (
    <NavLink
      component="a"
      label={label}
      leftSection={<Icon name={icon} size={20} />}
      active={props['aria-current'] === 'page'}
      className={classes.page!}
      {...props}
    />
  ),
);

export function Shell() {
  const t = useTexts(shellTexts);
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a narrow screen closes when the page changes.
  useEffect(close, [pathname]);
  const here = PAGES.find(({ to }) => to === pathname);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      {here && <title>{`${t[here.name]} · Concord`}</title>}
      <a className={classes.skip} href="#content">
        {t.skip}
      </a>
      <AppShell.Header className={classes.header!}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t.menu}
              aria-expanded={opened}
            />
            <Link to="/customers" className={classes.brand!}>
              <img src={mark} alt="" width={28} height={28} />
              Concord
            </Link>
          </Group>
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar!} p="sm" aria-label={t.navigation}>
        <ScrollArea>
          {PAGES.map(({ to, name, icon }) => (
            <PageLink key={to} to={to} label={t[name]} icon={icon} activeOptions={{ includeSearch: false }} />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main!}>
        <OfflineBanner />
        <Outlet />
      </AppShell.Main>
      <ExpiredDialog />
    </AppShell>
  );
}
