/** A process of the loop that hands in, for tests that kill it: database, service and times come as its arguments. */
import { sandboxClient } from '../../sandbox/client.ts'
import { submissions } from '../assignments/submissions.ts'
import { connect } from '../database.ts'
import { secret } from './service.ts'

const [databaseUrl = '', url = '', times = '{}'] = process.argv.slice(2)
const { submitDue } = submissions(connect(databaseUrl), sandboxClient({ url, secret }), JSON.parse(times))
process.stdout.write('ready\n')
for (;;) {
  const done = await submitDue().catch((error) => {
    process.stderr.write(`${error}\n`)
    return 0
  })
  if (done === 0) await new Promise((wait) => setTimeout(wait, 50))
}
