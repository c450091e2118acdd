using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Windows;

/// <summary>Finds identities that memory forgot, and the first receipt of a repeated claim.</summary>
internal sealed class Receipts(NodeId window, IJournal journal, IPersonalStore personal)
{
    private readonly StreamName _stream = StreamName.Window(window);
    private long? _begun;

    /// <summary>
    /// The versions of claims that were stored before memory begins. An event received in time lies in the rows of
    /// its own time; any other, and every rating by invitation, left its identity in a table. One look-up serves the whole batch.
    /// </summary>
    public async Task<IReadOnlyDictionary<Opaque, long>> FindForgottenAsync(IReadOnlyList<PendingClaim> claims, KnownIds known)
    {
        var found = new Dictionary<Opaque, long>();
        var late = claims.Where(claim => claim.IsInvited || known.MayBeForgottenLate(claim.Claim.Time.UtcMilliseconds)).Select(claim => claim.Identity).ToList();
        if (late.Count > 0)
        {
            foreach (var (identity, version) in await journal.FindLateAsync(_stream, late))
                found[identity] = version;
        }

        var wanted = claims.Where(claim => known.MayBeInForgottenRows(claim.Identity, claim.Claim.Time.UtcMilliseconds)).ToList();
        var identities = wanted.Select(claim => claim.Identity).ToHashSet();
        var begun = wanted.Count == 0 ? 0 : await BegunAsync();
        // Nothing lies before the first row: a backlog of months is not looked for hour by hour.
        foreach (var (from, to) in Spans(wanted, known.ForgottenThrough).Where(span => span.To >= begun))
        {
            foreach (var row in await journal.ReadSpanAsync(_stream, from, to))
            {
                foreach (var (version, happened) in EventText.Read(row))
                {
                    if (Identities.Of(happened) is { } stored && identities.Contains(stored.Identity))
                        found.TryAdd(stored.Identity, version);
                }
            }
        }

        return found;
    }

    /// <summary>The first receipt of a claim that was stored as this version, or a conflict if it said something else.</summary>
    public async Task<ClaimResult> OfAsync(PendingClaim claim, long version)
    {
        var (row, digest) = await journal.FindAsync(_stream, version)
            ?? throw new InvalidOperationException($"Version {version} of {_stream} is known and cannot be read.");
        var elements = row.Elements();
        for (var i = 0; i <= version - row.Version; i++)
            digest = digest.After(elements[i].Span);
        var stored = EventText.Read(elements[(int)(version - row.Version)]);
        return await SaysTheSameAsync(claim, stored)
            ? new ClaimResult(ClaimStatus.Repeated, version, digest.ToString())
            : new ClaimResult(ClaimStatus.Conflicting);
    }

    // The time of the first row, which never changes.
    private async Task<long> BegunAsync() => _begun ??= (await journal.ShapesAsync(_stream, 0, 1))[0].At;

    private async Task<bool> SaysTheSameAsync(PendingClaim claim, JournalEvent stored) => (claim.Claim, stored) switch
    {
        (EvaluationClaim now, EvaluationAccepted then) =>
            now.Evaluation.SaysTheSameAs(then.Evaluation)
            && claim.Matter == then.Matter?.Hash
            && await SameCommentAsync(now.Comment, then.Comment),
        (MatterClaim now, MatterFinished then) =>
            claim.Matter == then.Matter.Hash
            && (now.FinishedAt, now.ServiceItem, now.Staff) == (then.FinishedAt, then.ServiceItem, then.Staff),
        _ => false,
    };

    private async Task<bool> SameCommentAsync(string? now, PersonalReference? then)
    {
        if (then is null)
            return now is null;
        var kept = await personal.FindAsync([then.Ref]);
        // An erased comment can no longer be compared; its salt is gone, so nothing about it is revealed either.
        return !kept.TryGetValue(then.Ref, out var found) || (now is not null && PersonalText.Hash(found.Text.Salt, now) == then.Hash);
    }

    // Overlapping spans are read once; rows after the newest forgotten one are in memory anyway.
    private static IEnumerable<(long From, long To)> Spans(IReadOnlyList<PendingClaim> claims, long forgottenThrough)
    {
        (long From, long To)? open = null;
        foreach (var time in claims.Select(claim => claim.Claim.Time.UtcMilliseconds).Order())
        {
            var (from, to) = (time - Domain.Time.DayRule.Ahead, Math.Min(time + Identities.InTime, forgottenThrough));
            if (open is { } span && from <= span.To)
            {
                open = (span.From, Math.Max(span.To, to));
                continue;
            }

            if (open is { } done)
                yield return done;
            open = (from, to);
        }

        if (open is { } last)
            yield return last;
    }
}
