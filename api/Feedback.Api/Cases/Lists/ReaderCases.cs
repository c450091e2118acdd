using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>
/// Lists cases to somebody, without those that are about them: a row, its place between two others and the cursor behind it tell exactly when
/// it was received.
/// </summary>
/// <remarks>Whom a case is about stands in its stream: only for readers who have a staff code the cases of a page are read there.</remarks>
public sealed class ReaderCases(ICaseStore cases, CaseRecords records)
{
    // Reads of streams side by side: one after the other a page of fifty would wait for fifty answers.
    private const int ReadAtOnce = 20;

    /// <summary>One page, as <see cref="ICaseStore.ListAsync"/> has it: filled with what is not about the reader, and followed by another only where there is more of that.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="order">How they are sorted.</param>
    /// <param name="after">Where the page begins; null for the first one.</param>
    /// <param name="limit">1 to <see cref="CasePage.Most"/>.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<CasePage> ListAsync(CaseFilter filter, CaseOrder order, CaseCursor? after, int limit, CaseActor reader, CancellationToken cancellation = default)
    {
        if (reader.Staff is null)
            return await cases.ListAsync(filter, order, after, limit, cancellation);
        var shown = new List<CaseRow>();
        for (var from = after; ;)
        {
            var page = await cases.ListAsync(filter, order, from, Math.Min(limit + 1, CasePage.Most), cancellation);
            foreach (var some in page.Cases.Chunk(ReadAtOnce))
            {
                var areAbout = await Task.WhenAll(some.Select(row => IsAboutAsync(row, reader, cancellation)));
                foreach (var (row, isAbout) in some.Zip(areAbout))
                {
                    if (isAbout)
                        continue;
                    if (shown.Count == limit)
                        return new CasePage(shown, CaseCursor.After(shown[^1], order));
                    shown.Add(row);
                }
            }

            if (page.Next is null)
                return new CasePage(shown, null);
            from = page.Next;
        }
    }

    /// <summary>Whether a case is about the reader.</summary>
    public async Task<bool> IsAboutAsync(CaseRow row, CaseActor reader, CancellationToken cancellation = default) =>
        reader.Staff is not null && await records.FindAsync(row.Id, cancellation) is { State: var state } && reader.IsPersonOf(state);
}
