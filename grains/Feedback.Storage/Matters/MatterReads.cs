using System.Runtime.CompilerServices;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.ServiceMatters;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Matters;

/// <summary>Reads the table of service matters.</summary>
internal sealed class MatterReads(JournalDatabase database) : IMatterStore
{
    private const int RowsAtOnce = 1000;

    /// <inheritdoc/>
    public async Task<MatterPage> ListAsync(MatterFilter filter, MatterCursor? after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MatterPage.Most);
        var query = MatterQuery.Of(filter, database.Source);
        if (after is var (at, id))
            query.And("(m.opened_at, m.id) < (@at, @id)", ("at", at), ("id", id.Value));
        // One more than asked for shows whether there is another page.
        var rows = await QueryAsync($"{query.Where} order by m.opened_at desc, m.id desc limit @limit", cancellation, [.. query.Parameters, ("limit", limit + 1)]).ConfigureAwait(false);
        return rows.Count <= limit ? new MatterPage(rows, null) : new MatterPage(rows[..limit], MatterCursor.After(rows[limit - 1]));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<MatterStage, long>> CountByStageAsync(MatterFilter filter, CancellationToken cancellation = default)
    {
        var query = MatterQuery.Of(filter, database.Source);
        return (await database.QueryAsync(
            $"select m.stage, count(*) from service_matters m {query.Where} group by m.stage",
            row => (MatterWords.StageOf(row.GetString(0)) ?? throw new InvalidDataException("A matter stands at a stage that this release does not know."), row.GetInt64(1)),
            cancellation, [.. query.Parameters]).ConfigureAwait(false)).ToDictionary();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MatterRow> AllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var after = ""; ;)
        {
            var rows = await QueryAsync("where m.id > @after order by m.id limit @limit", cancellation, ("after", after), ("limit", RowsAtOnce)).ConfigureAwait(false);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < RowsAtOnce)
                yield break;
            after = rows[^1].Id.Value;
        }
    }

    private Task<List<MatterRow>> QueryAsync(string rest, CancellationToken cancellation, params (string Name, object Value)[] parameters) =>
        database.QueryAsync($"select {MatterColumns.Selected} from service_matters m {rest}", MatterColumns.Read, cancellation, parameters);
}
