/** What a guest is told of a machine that is not theirs: its state, its shells, who else is there. Asked for with tickets of a guest. Knows no layout. */
'use client'
import { useEffect, useRef, useState } from 'react'
import type { SandboxStatus } from '#/sandbox/protocol/status.ts'
import type { HelpRefusal, VisitsMessage } from '#/sandbox/protocol/visits.ts'
import type { FromWatcher, TerminalsMessage } from '#/sandbox/protocol/watch.ts'
import type { Tickets } from '../terminal/socket.ts'
import { type Connection, watchSandbox } from '../workbench/watch.ts'

export function useGuest(tickets: Tickets) {
  const [status, setStatus] = useState<SandboxStatus | null>(null)
  const [terminals, setTerminals] = useState<TerminalsMessage | null>(null)
  const [visits, setVisits] = useState<VisitsMessage | null>(null)
  const [connection, setConnection] = useState<Connection>('connecting')
  const [notAsked, setNotAsked] = useState<HelpRefusal | null>(null)
  const say = useRef<(message: FromWatcher) => void>(() => {})

  useEffect(() => {
    const watching = watchSandbox(tickets, {
      connection: setConnection,
      message: (message) => {
        if (message.type === 'status') setStatus(message.status)
        else if (message.type === 'terminals') setTerminals(message)
        else if (message.type === 'not-asked') setNotAsked(message.why)
        else if (message.type === 'visits') {
          setVisits(message)
          if (message.help) setNotAsked(null)
        }
      },
    })
    say.current = watching.say
    return watching.stop
  }, [tickets])

  return {
    status,
    terminals,
    visits,
    connection,
    notAsked,
    ask(): void {
      setNotAsked(null)
      say.current({ type: 'ask-to-type' })
    },
    stop: (id: string): void => say.current({ type: 'stop', id }),
  }
}
export type GuestState = ReturnType<typeof useGuest>
