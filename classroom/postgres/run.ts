/**
 * Runs one of PostgreSQL's programs as the account that owns the data, and hands back the facts of its exit. Knows no PostgreSQL.
 */
import { spawn } from 'node:child_process'

/** Who runs the server. Empty: whoever we are; set when we are root, as which PostgreSQL refuses to run. */
export interface Account {
  name: string
  uid?: number
  gid?: number
}

export interface Exit {
  code: number
  output: string
}

export function run(program: string, args: string[], account?: Account): Promise<Exit> {
  // Not ours: PGPORT and its like would be obeyed, and the server has no business with our secrets.
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin:/sbin:/bin`
  const environment = { PATH: path, LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      // The account may not be able to enter our own working directory.
      cwd: '/',
      uid: account?.uid,
      gid: account?.gid,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 128, output }))
  })
}
