/**
 * The workbench's state: the attempt, its machine as it is pushed, verdicts, and the five things one can do. A second click on what is under
 * way does nothing. Reset and End do not wait for a check, whose answer is then about a machine that is gone. Knows no layout.
 */
'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import { labText } from '#/app/_text/en.ts'
import type { AttemptView, VerdictView } from '#/classroom/types.ts'
import type { Given } from '#/labs/schema.ts'
import type { WorldSecond } from '#/sandbox/counters/schema.ts'
import type { Problem, SandboxStatus } from '#/sandbox/protocol/status.ts'
import type { VisitsMessage } from '#/sandbox/protocol/visits.ts'
import type { FromWatcher, TerminalsMessage } from '#/sandbox/protocol/watch.ts'
import { api } from '../api.ts'
import type { Result } from '../ask.ts'
import { createReadings } from '../map/readings.ts'
import { ownTickets } from '../terminal/socket.ts'
import type { Assigned } from './assigned.ts'
import { latestStatus, situationOf } from './situation.ts'
import { type Connection, watchSandbox } from './watch.ts'
import { takeWish } from './wish.ts'
import { withSeconds } from './world.ts'

export type Action = 'start' | 'check' | 'extend' | 'reset' | 'end'
export interface WorkbenchStart {
  lab: string
  attempt: AttemptView | null
  verdicts: VerdictView[]
  debrief: string | null
  /** Null: practice. */
  assigned: Assigned | null
}

export function useWorkbench({ lab, assigned, ...first }: WorkbenchStart) {
  const [attempt, setAttempt] = useState(first.attempt)
  const [status, setStatus] = useState<SandboxStatus | null>(first.attempt?.sandbox ?? null)
  /** How far the service's clock is ahead of ours, in ms. */
  const [ahead, setAhead] = useState(0)
  const [verdicts, setVerdicts] = useState(first.verdicts)
  const [debrief, setDebrief] = useState(first.debrief)
  const [seconds, setSeconds] = useState<WorldSecond[]>([])
  const [readings] = useState(createReadings)
  const [terminals, setTerminals] = useState<TerminalsMessage | null>(null)
  const [visits, setVisits] = useState<VisitsMessage | null>(null)
  const say = useRef<(message: FromWatcher) => void>(() => {})
  const [connection, setConnection] = useState<Connection>('connecting')
  const [busy, setBusy] = useState<Action | null>(null)
  const [checking, setChecking] = useState(false)
  const [extending, setExtending] = useState(false)
  const [failed, setFailed] = useState<{ action: Action; problem: Problem } | null>(null)
  const running = useRef({ machine: false, check: false, extend: false })
  /** Counts machines asked for and given back. */
  const machines = useRef(0)

  const id = attempt && (attempt.state === 'starting' || attempt.state === 'running') ? attempt.id : null
  const generation = status?.generation ?? null

  useEffect(() => {
    if (!id) return
    setConnection('connecting')
    const watching = watchSandbox(ownTickets(id), {
      connection: setConnection,
      message: (message) => {
        if (message.type === 'status') {
          setStatus(message.status)
          setAhead(message.now - Date.now())
        } else if (message.type === 'terminals') setTerminals(message)
        else if (message.type === 'visits') setVisits(message)
        else if (message.type === 'world') setSeconds((known) => withSeconds(known, message.seconds))
        else if (message.type === 'counters') readings.add(message.seconds)
      },
    })
    say.current = watching.say
    return () => {
      watching.stop()
      setVisits(null)
    }
  }, [id, readings])

  const act = useCallback(
    async (action: Exclude<Action, 'check' | 'extend'>, work: () => Promise<Result<AttemptView>>) => {
      if (running.current.machine) return null
      running.current.machine = true
      machines.current++
      setBusy(action)
      setFailed(null)
      const result = await work()
      running.current.machine = false
      setBusy(null)
      if (result.ok) return result.value
      setFailed({ action, problem: result.problem })
      return null
    },
    [],
  )

  const follow = useCallback(
    (next: AttemptView | null) => {
      if (!next) return
      setAttempt(next)
      setStatus((known) => latestStatus(known, next.sandbox))
      setSeconds([])
      readings.clear()
    },
    [readings],
  )

  /** It is there after a reload, too: a network that fails here costs nothing. */
  async function readDebrief(): Promise<void> {
    const result = await api.debrief(lab)
    if (result.ok) setDebrief(result.value.debrief)
  }

  const assignment = assigned?.id ?? null
  const start = useCallback(
    async () =>
      follow(
        await act('start', () => (assignment === null ? api.startLab(lab) : api.startTry(assignment, lab))),
      ),
    [act, follow, lab, assignment],
  )
  useEffect(() => {
    // A wish to practise begins no attempt of an assignment.
    if (assignment === null && takeWish(lab) && !id) void start()
  }, [lab, id, start, assignment])

  return {
    attempt,
    status,
    ahead,
    verdicts,
    debrief,
    seconds,
    readings,
    terminals,
    visits,
    say: (message: FromWatcher) => say.current(message),
    connection,
    busy,
    checking,
    extending,
    failed,
    generation,
    situation: situationOf({
      attempt,
      status,
      connection,
      expired: assigned ? workText.bench.expired : labText.start.expired,
    }),
    start,
    async check(answers: Given | null): Promise<VerdictView | null> {
      // Of another lab by now: its page has the form that its judge reads.
      if (!id || running.current.check || (status && status.lab !== lab)) return null
      const machine = machines.current
      running.current.check = true
      setChecking(true)
      setFailed(null)
      const result = await api.check(id, answers)
      running.current.check = false
      setChecking(false)
      if (result.ok) {
        setVerdicts((known) => [result.value, ...known])
        if (result.value.verdict.status === 'pass') void readDebrief()
      } else if (machine === machines.current) setFailed({ action: 'check', problem: result.problem })
      return result.ok ? result.value : null
    },
    /** More time. The machine stays as it is, so nothing else waits for this. */
    async extend(): Promise<void> {
      if (!id || running.current.extend) return
      running.current.extend = true
      setExtending(true)
      const result = await api.extend(id)
      running.current.extend = false
      setExtending(false)
      if (!result.ok) return setFailed({ action: 'extend', problem: result.problem })
      setStatus((known) => latestStatus(known, result.value.sandbox))
    },
    reset: async () => id && follow(await act('reset', () => api.reset(id))),
    end: async () => id && follow(await act('end', () => api.end(id))),
    dismiss: () => setFailed(null),
  }
}
export type WorkbenchState = ReturnType<typeof useWorkbench>
