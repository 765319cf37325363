import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { openStream } from './sse.js';

/**
 * Follows the stream at `path` and folds its events with `reduce`: `[state, connection, dispatch]`. Events that arrive together are
 * drawn together.
 */
export function useStream(path, reduce, initial) {
  const [state, dispatch] = useReducer((before, events) => events.reduce(reduce, before), initial);
  const [connection, setConnection] = useState({ state: 'connecting' });
  useEffect(() => openStream(path, { onEvents: dispatch, onConnection: setConnection }), [path]);
  return [state, connection, dispatch];
}

/** The time, ticking each second while `active`. */
export function useNow(active) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!active) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}

/** `value`, once it has stayed the same for a moment. */
export function useSettled(value, milliseconds) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/** A value that this browser remembers. */
export function useRemembered(key, initial) {
  const [value, setValue] = useState(() => localStorage.getItem(key) ?? initial);
  const remember = useCallback(
    (next) => {
      localStorage.setItem(key, next);
      setValue(next);
    },
    [key],
  );
  return [value, remember];
}

/** Runs what people ask for: `{run, pending, error, forget}`. `run` answers whether it worked. */
export function useAction() {
  const [running, setRunning] = useState(0);
  const [error, setError] = useState(null);
  const run = useCallback(async (work) => {
    setRunning((count) => count + 1);
    setError(null);
    try {
      await work();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setRunning((count) => count - 1);
    }
  }, []);
  return { run, pending: running > 0, error, forget: useCallback(() => setError(null), []) };
}
