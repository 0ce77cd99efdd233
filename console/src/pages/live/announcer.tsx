/** Says new changes to those who do not see the list: not each of many, and not more often than one can listen. */
import { useEffect, useRef, useState } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { type Change, keyOf } from './entries.ts';
import { usePlainSentence } from './sentence.tsx';
import { texts } from './texts.ts';

const PAUSE_MILLISECONDS = 4_000;

export function Announcer({ changes }: { readonly changes: readonly Change[] }) {
  const t = useTexts(texts);
  const format = useFormat();
  const [said, setSaid] = useState('');
  const latest = useRef(changes);
  latest.current = changes;
  const sentence = usePlainSentence();
  const words = useRef({ t, format, sentence });
  words.current = { t, format, sentence };
  useEffect(() => {
    let newest = latest.current[0];
    const timer = setInterval(() => {
      const [first] = latest.current;
      if (first === undefined || first === newest) return;
      const until = newest === undefined ? undefined : keyOf(newest);
      const end = latest.current.findIndex(change => keyOf(change) === until);
      const count = end < 0 ? latest.current.length : end;
      newest = first;
      const { t, format, sentence } = words.current;
      if (count === 1) setSaid(`${t.customer(format.number(first.customerNumber))}: ${sentence(first)}`);
      else if (count > 1) setSaid(t.announced(format.number(count)));
    }, PAUSE_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p role="status" className="visually-hidden" data-testid="announced">
      {said}
    </p>
  );
}
