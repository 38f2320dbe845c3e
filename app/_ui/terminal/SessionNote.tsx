/** What the learner should know when a shell is not live: below the screen, which stays as it was. */
import { terminalText as text } from '#/app/_text/en.ts'
import { Button } from '../control/Button.tsx'
import type { SessionState } from './ports.ts'

interface Props {
  state: SessionState
  onRetry(): void
  /** Another shell in place of one that has ended. */
  onRenew(): void
}

export function SessionNote({ state, onRetry, onRenew }: Props) {
  const { phase, problem, losses } = state
  if (phase === 'live' && !problem) return null
  // A connection that comes at once is not worth a word.
  if ((phase === 'connecting' || phase === 'waiting') && losses < 2 && !problem) return null
  return (
    <div role="status" className="terminal-note">
      <p>
        {words(state)} {problem && <span className="text-muted">{problem.remedy}</span>}
      </p>
      {phase === 'waiting' && <Button onClick={onRetry}>{text.retry}</Button>}
      {phase === 'closed' && (
        <Button look="primary" onClick={onRenew}>
          {text.renew}
        </Button>
      )}
      {phase === 'refused' && <Button onClick={() => window.location.reload()}>{text.reload}</Button>}
    </div>
  )
}

function words({ phase, problem, exitStatus }: SessionState): string {
  if (phase === 'closed') return text.phases.closed(exitStatus)
  if (problem) return problem.message
  return phase === 'live' ? '' : text.phases[phase]
}
