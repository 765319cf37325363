/** Two places: `/` and `/chats/{id}`. Links are real links, so opening them in another tab works as everywhere. */
import { useEffect, useState } from 'preact/hooks';

const MOVED = 'baton:moved';

export const chatPath = (id) => `/chats/${encodeURIComponent(id)}`;

export function navigate(path) {
  history.pushState(null, '', path);
  window.dispatchEvent(new Event(MOVED));
}

/** For a link's `onClick`: stays on the page unless the reader asks for another tab. */
export function follow(event) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(event.currentTarget.getAttribute('href'));
}

/** The id of the chat that the address names, or null at home. */
export function useChatId() {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const read = () => setPath(location.pathname);
    window.addEventListener(MOVED, read);
    window.addEventListener('popstate', read);
    return () => {
      window.removeEventListener(MOVED, read);
      window.removeEventListener('popstate', read);
    };
  }, []);
  const match = /^\/chats\/([^/]+)$/.exec(path);
  return match ? decodeURIComponent(match[1]) : null;
}
