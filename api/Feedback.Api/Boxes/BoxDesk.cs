using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Boxes;

namespace Feedback.Api.Boxes;

/// <summary>The one path by which openings of suggestion boxes are recorded, from the page and the API.</summary>
public sealed class BoxDesk(BoxOpenings boxes, IAccounts accounts, TimeProvider clock)
{
    /// <summary>The most papers that a box holds.</summary>
    public const int MostFound = 10_000;

    /// <summary>How the count's range is told.</summary>
    public static readonly string Range = $"0–{MostFound}";

    /// <summary>Records an opening; the same once more changes nothing.</summary>
    /// <param name="node">The node where the box hangs.</param>
    /// <param name="at">When it was opened, milliseconds UTC; not in the future.</param>
    /// <param name="found">How many papers were in it, 0 to <see cref="MostFound"/>.</param>
    /// <param name="by">Who says so, as the audit trail names them.</param>
    /// <param name="with">The name of the account of the second person who was there; null where none is named.</param>
    /// <returns>Whether it was recorded now; the refusal where it is not recorded.</returns>
    public async Task<(bool IsNew, Refusal? Refusal)> RecordAsync(NodeId node, long at, int found, string by, string? with)
    {
        if (found is < 0 or > MostFound)
            return (false, new Refusal("count-invalid", "found", Range));
        if (at > clock.GetUtcNow().ToUnixTimeMilliseconds())
            return (false, new Refusal("time-in-future", "openedAt"));
        string? second = null;
        if (with is not null)
        {
            if (await accounts.FindByNameAsync(with) is not { Disabled: false } account)
                return (false, new Refusal("box-witness-unknown", "with", with));
            second = "account:" + account.Name;
            if (second == by)
                return (false, new Refusal("box-witness-own", "with"));
        }

        return ((await boxes.RecordAsync(node, at, found, by, second)).IsNew, null);
    }
}
