/**
 * Asks whether a Docker engine answers, and if not, why: the difference between "not installed", "not started" and "not allowed" decides
 * what set-up does. Plain HTTP, no Docker library. Knows no remedy.
 */
import { request } from 'node:http'

export type Ping = 'answers' | 'missing' | 'refused' | 'denied' | 'silent'

const defaultSocket = 'unix:///var/run/docker.sock'

export function pingEngine(dockerHost = defaultSocket, timeoutMs = 5000): Promise<Ping> {
  const target = whereTo(dockerHost)
  if (!target) return Promise.resolve('answers')
  return new Promise((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: timeoutMs }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200 ? 'answers' : 'silent')
    })
    asked.on('timeout', () => {
      resolve('silent')
      asked.destroy()
    })
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(reasonOf(error.code)))
    asked.end()
  })
}

/** ssh:// and TLS engines are the Docker library's business: it asks them itself and reports their errors. */
function whereTo(dockerHost: string) {
  const url = new URL(dockerHost)
  if (url.protocol === 'unix:') return { socketPath: url.pathname }
  if (url.protocol === 'ssh:' || url.protocol === 'https:' || process.env.DOCKER_TLS_VERIFY) return null
  return { host: url.hostname, port: Number(url.port || 2375) }
}

function reasonOf(code: string | undefined): Ping {
  if (code === 'ENOENT') return 'missing'
  if (code === 'EACCES' || code === 'EPERM') return 'denied'
  if (code === 'ECONNREFUSED' || code === 'ENOTSOCK') return 'refused'
  return 'silent'
}
