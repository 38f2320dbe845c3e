/**
 * Whether a port is free, and what to do when it is not. Knows nothing of what listens there.
 */
import { createServer } from 'node:net'
import { CommandError } from './output.ts'

export type PortState = 'free' | 'taken' | 'forbidden' | 'no such address'

export function portState(host: string, port: number): Promise<PortState> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return resolve('taken')
      if (error.code === 'EACCES') return resolve('forbidden')
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return resolve('no such address')
      reject(error)
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve('free')))
  })
}

export interface PortNeed {
  variable: 'RINGSIDE_PORT' | 'RINGSIDE_SERVICE_PORT'
  host: string
  port: number
}

/** @throws CommandError naming the variable that moves Ringside elsewhere */
export async function requirePort(need: PortNeed): Promise<void> {
  const problem = await portProblem(need)
  if (problem) throw new CommandError(problem.message, problem.remedy)
}

export async function portProblem({ variable, host, port }: PortNeed) {
  const state = await portState(host, port)
  if (state === 'free') return null
  if (state === 'no such address')
    return {
      message: `This machine has no address ${host}.`,
      remedy: 'Set RINGSIDE_HOST to 127.0.0.1, or to 0.0.0.0 to be reached from other machines.',
    }
  return {
    message:
      state === 'taken'
        ? `Port ${port} of ${host} is taken by another program.`
        : `This user may not listen on port ${port}.`,
    remedy: `End that program, or choose another port: \`${variable}=${port < 1024 ? 4700 : port + 10} npm start\`.`,
  }
}
