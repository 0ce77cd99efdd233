/** Links and buttons of the component library that the router follows: `<ButtonLink to="/customers">`. */
import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Rest<Props> = Props & Omit<ComponentPropsWithRef<'a'>, keyof Props>;

export const AnchorLink = createLink((props: Rest<AnchorProps>) => <Anchor component="a" {...props} />);
export const ButtonLink = createLink((props: Rest<ButtonProps>) => <Button component="a" {...props} />);
