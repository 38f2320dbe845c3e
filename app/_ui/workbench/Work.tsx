/** How the learner got to a verdict: the tools, the first look at the counter they named, the commands. Closed, because nothing hangs on it. */
import { elapsed, verdictText } from '#/app/_text/en.ts'
import type { WorkView } from '#/classroom/types.ts'

const text = verdictText.work

interface Props {
  work: WorkView
  /** Somebody else's, shown to who teaches them. */
  theirs?: boolean
}

export function Work({ work: { commands, older, tools, proof }, theirs = false }: Props) {
  const words = theirs ? text.theirs : text
  return (
    <details className="work">
      <summary>
        <h2 className="caps">{words.title}</h2>
        <span className="figures">{text.commands(commands.length, older)}</span>
      </summary>
      <p className="note">{words.note}</p>
      {(tools.length > 0 || proof) && (
        <table className="protocol">
          <colgroup>
            <col />
            <col className="w-1/4" />
            <col className="w-1/4" />
          </colgroup>
          <thead>
            <tr className="columns">
              <th scope="col">{text.tool}</th>
              <th scope="col">{text.count}</th>
              <th scope="col">{text.first}</th>
            </tr>
          </thead>
          <tbody>
            {tools.map(({ tool, count, first }) => (
              <tr key={tool} className="observation">
                <th scope="row">
                  <code>{tool}</code>
                </th>
                <td>{count}</td>
                <td>
                  <At seconds={first} />
                </td>
              </tr>
            ))}
          </tbody>
          {proof && (
            <tbody>
              <tr className="observation">
                <th scope="row" colSpan={2}>
                  {text.proof} <code>{proof.counter}</code>
                </th>
                <td>{proof.seen ? <At seconds={proof.at} /> : text.unseen}</td>
              </tr>
            </tbody>
          )}
        </table>
      )}
      <ol aria-label={text.list} className="figures">
        {commands.map(({ at, line }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of a verdict never changes, and a command may come twice
          <li key={index}>
            <At seconds={at} />
            <code>{line}</code>
          </li>
        ))}
      </ol>
    </details>
  )
}

const At = ({ seconds }: { seconds: number | null }) =>
  seconds === null ? <span>{text.noTime}</span> : <time dateTime={`PT${seconds}S`}>{elapsed(seconds)}</time>
