import { onBeforeUnmount } from 'vue'
import { unsent } from '@/recordings/recordings'

/** Lets the browser ask before it leaves the page while recordings are not sent. */
export function useLeaveGuard(): void {
  const ask = (event: BeforeUnloadEvent) => {
    if (unsent.value.length > 0) event.preventDefault()
  }
  addEventListener('beforeunload', ask)
  onBeforeUnmount(() => removeEventListener('beforeunload', ask))
}
