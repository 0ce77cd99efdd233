/** The theme, with what the component library leaves unsaid, in the person's language. */
import { createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { sharedTexts } from '../shared/texts.ts';
import { theme } from './theme.ts';

export interface ThemedProps {
  /** Of the page's Content-Security-Policy. */
  readonly nonce: string;
  readonly children: ReactNode;
}

export function Themed({ nonce, children }: ThemedProps) {
  const { close } = useTexts(sharedTexts);
  const spoken = useMemo(
    () =>
      mergeThemeOverrides(
        theme,
        createTheme({
          components: {
            CloseButton: { defaultProps: { 'aria-label': close } },
            // A `header` is the banner of the page to screen readers; that of a dialog is not.
            ModalHeader: { defaultProps: { component: 'div' } },
            DrawerHeader: { defaultProps: { component: 'div' } },
          },
        }),
      ),
    [close],
  );
  return (
    <MantineProvider theme={spoken} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      {children}
    </MantineProvider>
  );
}
