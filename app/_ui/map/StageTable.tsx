/** The map as a table: the same figures in words and numbers, in the order of the path. */
import { mapText as text } from '#/app/_text/en.ts'
import type { StageId } from '#/labs/stages.ts'
import type { MapView, StageView } from './model.ts'

interface Props {
  view: MapView
  selected: StageId | null
  onSelect(stage: StageId | null): void
}

export function StageTable({ view, selected, onSelect }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="live-table figures" tabIndex={0} aria-label={text.table.caption}>
      <table>
        <thead>
          <tr>
            {Object.entries(text.columns).map(([id, name]) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.stages.map((stage) => (
            <tr key={stage.id} data-lit={stage.lit ?? undefined}>
              <th scope="row">
                <button
                  type="button"
                  id={`live-${stage.id}`}
                  aria-pressed={stage.id === selected}
                  className="link"
                  onClick={() => onSelect(stage.id === selected ? null : stage.id)}
                >
                  {stage.name}
                </button>
              </th>
              {cells(stage).map(([id, value]) => (
                <td key={id}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function cells({ fill, size, flow, lost, lostInWindow }: StageView): [string, string][] {
  const limit = fill ? fill.limit : size
  return [
    ['used', fill ? text.number(fill.used) : text.none],
    ['limit', limit === null ? text.none : text.number(limit)],
    ['unit', fill ? text.unit(fill.unit) : size !== null ? text.unit('descriptors') : ''],
    ['passes', flow === null ? text.none : text.rate(flow)],
    ['lost', lost === null ? text.none : text.rate(lost)],
    ['window', lostInWindow === null ? text.none : text.number(lostInWindow)],
  ]
}
