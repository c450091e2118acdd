using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Cases;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Supervision;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Supervision;
using Feedback.Grains.Windows;

namespace Feedback.Api.Evaluations;

/// <summary>
/// Reads single evaluations, and does to them what a person answers for. Whatever shows or changes something about one person
/// is written down first; what cannot be written down is not done.
/// </summary>
public sealed class SingleEvaluations(
    AccessCheck access, StoredEvaluations stored, RatingReview review, IAudit audit, ISupervision supervision, IGrainFactory grains, TimeProvider clock)
{
    // Reads of cases side by side: one after the other a page would wait for as many answers.
    private const int ReadAtOnce = 20;

    /// <summary>A page of a window's evaluations, as the caller may read them.</summary>
    public async Task<EvaluationPage> ListAsync(HttpContext http, Node window, EvaluationQuery query, CultureInfo culture)
    {
        var found = await stored.ListAsync(
            new EvaluationsAsked(window.Id, window.Zone.StartOf(query.From), window.Zone.StartOf(query.To), query.After, query.Limit, query.OldestFirst), http.RequestAborted);
        var asWritten = May(http, Permission.ReadComments, window);
        var own = await OwnAsync(http, found.Evaluations);
        if (asWritten && found.Evaluations.Any(one => one.Comment.Plain is not null && !own.Contains(one.Version)))
            await audit.RecordAsync(Entry(http, Acts.CommentRead, window, found.Evaluations.Min(one => one.Version), found.Evaluations.Max(one => one.Version)));
        return new EvaluationPage(
            window.Id.Value, query.From, query.To, query.OldestFirst ? "oldest" : "newest", asWritten,
            [.. found.Evaluations.Select(one => EvaluationView.Of(one, asWritten, own.Contains(one.Version), culture))], found.Next);
    }

    /// <summary>Tells who rated: once audit and supervision know of it.</summary>
    public async Task<(UnmaskedEvaluation? Unmasked, Refusal? Refusal)> UnmaskAsync(HttpContext http, Node window, long version, string reason)
    {
        if (await stored.FindAsync(window.Id, version, http.RequestAborted) is not { } evaluation)
            return (null, Unknown(version));
        if (await review.RefusedAsync(evaluation.Accepted, CaseActors.Of(http.GetCaller().Caller)) is { } recused)
            return (null, Noted(http, Acts.IdentityUnmasked, window, version, recused));
        await audit.RecordAsync(Entry(http, Acts.IdentityUnmasked, window, version) with { Reason = reason });
        await supervision.RecordAsync(new IdentityUnmasked
        {
            Salt = Opaque.FromBytes(System.Security.Cryptography.RandomNumberGenerator.GetBytes(Opaque.Length)),
            Window = window.Id,
            Evaluation = version,
            By = http.GetCaller().Caller.Name,
            Reason = reason,
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        return (new UnmaskedEvaluation(window.Id.Value, version, evaluation.Number.Plain, evaluation.Comment.Plain), null);
    }

    /// <summary>Takes an evaluation out of the figures, or back in: out of those of its case, too, where it has one.</summary>
    public async Task<(ChangedEvaluation? Changed, Refusal? Refusal)> SetExcludedAsync(HttpContext http, Node window, long version, bool excluded, string reason)
    {
        if (await stored.FindAsync(window.Id, version, http.RequestAborted) is not { } evaluation)
            return (null, Unknown(version));
        var (act, actor) = (excluded ? Acts.EvaluationExcluded : Acts.EvaluationReinstated, CaseActors.Of(http.GetCaller().Caller));
        if (await review.RefusedAsync(evaluation.Accepted, actor, excluded, http.RequestAborted) is { } refused)
            return (null, Noted(http, act, window, version, refused));
        await audit.RecordAsync(Entry(http, act, window, version) with { Reason = reason });
        // The case leaves the window's part to be done whatever becomes of this request; below it is only done at once.
        if (excluded && await review.ExcludeAsync(evaluation.Accepted, version, actor, reason) is { } kept)
            return (null, Noted(http, act, window, version, kept));
        return Changed(window, version, await grains.GetGrain<IWindowGrain>(window.Id.Value).SetExcluded(version, excluded, reason));
    }

    /// <summary>Destroys what is kept of one person: key, texts and salts. No figure changes.</summary>
    public async Task<(ChangedEvaluation? Changed, Refusal? Refusal)> EraseAsync(HttpContext http, Node window, long version, string reason)
    {
        await audit.RecordAsync(Entry(http, Acts.SubjectErased, window, version) with { Reason = reason });
        return Changed(window, version, await grains.GetGrain<IWindowGrain>(window.Id.Value).Erase([version], ErasedPart.Everything, ErasureCause.Asked, reason));
    }

    /// <summary>Whether the caller may do something else at a node, too.</summary>
    public bool May(HttpContext http, Permission permission, Node node) =>
        access.ViewOf(http.GetCaller().Caller.ScopeOf(permission)).Sees(node);

    /// <summary>There is no such evaluation.</summary>
    public static Refusal Unknown(long version) => new("evaluation-unknown", "version", version.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is audited about some evaluations of a window.</summary>
    public static AuditEntry Entry(HttpContext http, string act, Node window, long version, long? last = null) =>
        new(act, http.GetCaller().Caller.Name)
        {
            Target = string.Create(CultureInfo.InvariantCulture, $"{window.Id}#{version}") + (last is { } end && end != version ? string.Create(CultureInfo.InvariantCulture, $"-{end}") : ""),
            Node = window.Id,
            Address = CallerAddress.Of(http),
        };

    private Refusal Noted(HttpContext http, string act, Node window, long version, Refusal refusal)
    {
        audit.NoteRefusal(Entry(http, act, window, version) with { Reason = refusal.Code, Refused = true });
        return refusal;
    }

    // The ratings of the caller. Whoever is only said to have been rated is spared it, too: caution needs no proof.
    private async Task<HashSet<long>> OwnAsync(HttpContext http, IReadOnlyList<StoredEvaluation> evaluations)
    {
        var own = new HashSet<long>();
        if (http.GetCaller().Caller.Account?.Staff is not { } staff)
            return own;
        foreach (var some in evaluations.Chunk(ReadAtOnce))
        {
            own.UnionWith((await Task.WhenAll(some.Select(async one =>
                (one.Version, IsOwn: staff == one.Accepted.Admission.Staff || staff == one.Accepted.Evaluation.Staff || await review.IsNamedAsync(one.Accepted, staff)))))
                .Where(one => one.IsOwn).Select(one => one.Version));
        }

        return own;
    }

    private static (ChangedEvaluation?, Refusal?) Changed(Node window, long version, Outcome outcome) => outcome.Refusal is { } refusal
        ? (null, refusal)
        : (new ChangedEvaluation(window.Id.Value, version, outcome.Version > 0), null);
}
