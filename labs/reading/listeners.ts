/**
 * Listening sockets as `ss -Hlntp` of iproute2 6.15 prints them. Knows no lab.
 */
export interface Listener {
  /** Connections that wait to be accepted. */
  recvQ: number
  /** The limit in force: the smaller of listen()'s argument and somaxconn at the time of the call. */
  sendQ: number
  address: string
  port: number
  processes: { name: string; pid: number }[]
}

export function listenersOf(text: string): Listener[] {
  return text.split('\n').flatMap((line) => {
    const match = /^LISTEN\s+(\d+)\s+(\d+)\s+(\S+):(\d+)\s+\S+\s*(.*)$/.exec(line.trim())
    if (!match) return []
    const [, recvQ, sendQ, address, port, rest] = match
    const users = [...(rest ?? '').matchAll(/\("([^"]*)",pid=(\d+),fd=\d+\)/g)]
    return [
      {
        recvQ: Number(recvQ),
        sendQ: Number(sendQ),
        address: address as string,
        port: Number(port),
        processes: users.map(([, name, pid]) => ({ name: name as string, pid: Number(pid) })),
      },
    ]
  })
}
