/** `3 minutes ago`, with the whole time at hand. */
import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useFormat } from '../i18n/language.tsx';

const TICK_MILLISECONDS = 20_000;

export function Ago({ at }: { readonly at: string }) {
  const format = useFormat();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Tooltip label={format.dateTime(at, 'seconds')} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{format.ago(at, Math.max(now, Date.parse(at)))}</time>
    </Tooltip>
  );
}
