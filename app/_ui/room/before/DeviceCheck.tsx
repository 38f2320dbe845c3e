/** The check page's list: three things try themselves, two want a hand. Each result is sent as it comes. */
'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { beforeText } from '#/app/_text/en/people/before.ts'
import { type DeviceCheckId, type DeviceResults, deviceChecks } from '#/classroom/room/device-checks.ts'
import { Button } from '../../control/Button.tsx'
import { copyText } from '../../copy.ts'
import { Field } from '../../form/Field.tsx'
import { roomApi } from '../room-api.ts'
import { inOrder } from './in-order.ts'
import { OutcomeSign } from './OutcomeSign.tsx'
import { hasFeatures, hearsEvents, reachesGateway } from './probes.ts'

const text = beforeText.page

type Outcomes = Record<DeviceCheckId, DeviceResults[DeviceCheckId]>
const untried: Outcomes = {
  browser: 'open',
  socket: 'open',
  line: 'open',
  clipboard: 'open',
  keyboard: 'open',
}

export function DeviceCheck() {
  const [outcomes, setOutcomes] = useState(untried)
  const [running, setRunning] = useState<DeviceCheckId[]>(['browser', 'socket', 'line'])
  const [kept, setKept] = useState<{ of: Outcomes; isKept: boolean } | null>(null)
  const [send] = useState(() => inOrder(roomApi.device))
  const found = (check: DeviceCheckId, isFine: boolean) => {
    setOutcomes((before) => ({ ...before, [check]: isFine ? 'pass' : 'fail' }))
    setRunning((before) => before.filter((one) => one !== check))
  }
  const hear = useRef(found)
  hear.current = found
  useEffect(() => {
    hear.current('browser', hasFeatures())
    void reachesGateway().then((isFine) => hear.current('socket', isFine))
    void hearsEvents().then((isFine) => hear.current('line', isFine))
  }, [])
  useEffect(() => {
    if (running.length > 0) return
    const { innerWidth, innerHeight, navigator } = window
    const results: DeviceResults = {
      ...outcomes,
      agent: navigator.userAgent.slice(0, 400),
      window: `${innerWidth}×${innerHeight}`,
    }
    void send(results).then(({ ok }) => setKept({ of: outcomes, isKept: ok }))
  }, [outcomes, running, send])
  // Said of what stands there now, not of what stood there before.
  const isKept = kept?.of === outcomes ? kept.isKept : null

  return (
    <>
      <ul className="mt-10 max-w-[48rem] border-t border-rule">
        {deviceChecks.map((check) => (
          <Line key={check} check={check} outcome={outcomes[check]} isRunning={running.includes(check)}>
            {check === 'clipboard' && (
              <Button onClick={async () => found('clipboard', await copyText('ringside'))}>
                {text.copy}
              </Button>
            )}
            {check === 'keyboard' && <Typing found={(isFine) => found('keyboard', isFine)} />}
          </Line>
        ))}
      </ul>
      <p role="status" className="mt-4 text-sm text-muted">
        {isKept === null ? '' : isKept ? text.kept : text.notKept}
      </p>
    </>
  )
}

interface LineProps {
  check: DeviceCheckId
  outcome: DeviceResults[DeviceCheckId]
  isRunning: boolean
  children: ReactNode
}

const Line = ({ check, outcome, isRunning, children }: LineProps) => (
  <li className="grid gap-x-8 gap-y-2 border-b border-rule py-4 sm:grid-cols-[minmax(0,1fr)_11rem]">
    <div className="min-w-0">
      <h2 className="font-medium">{beforeText.checks[check]}</h2>
      <p className="mt-0.5 text-sm text-muted">{text.does[check]}</p>
      {children && <div className="mt-3">{children}</div>}
      {outcome === 'fail' && !isRunning && (
        <p className="mt-3 border-l-2 border-red-mark py-0.5 pl-3 text-sm">{text.help[check]}</p>
      )}
    </div>
    <p className="text-sm sm:text-right" role="status">
      {isRunning ? <span className="text-muted">{text.running}</span> : <OutcomeSign outcome={outcome} />}
    </p>
  </li>
)

/** Right as soon as it is; wrong only once they leave the field: nobody types a line at once. */
function Typing({ found }: { found(isFine: boolean): void }) {
  return (
    <Field
      label={text.type}
      hint={<code className="font-mono text-[0.875rem] text-ink">{text.line}</code>}
      mono
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      className="max-w-[26rem]"
      onChange={({ target }) => target.value.trim() === text.line && found(true)}
      onBlur={({ target }) => target.value.trim() !== '' && found(target.value.trim() === text.line)}
    />
  )
}
