using System.Globalization;
using Feedback.Api.Cluster;
using Feedback.Domain.Time;
using Feedback.Web.Words;

namespace Feedback.Web.Cluster;

/// <summary>Words what is known of the silos for people.</summary>
/// <param name="words">The words of the reader's language.</param>
/// <param name="zone">The zone of times.</param>
/// <param name="now">When the silos were asked, UTC.</param>
internal sealed class ClusterWording(PageWords words, HallZone zone, DateTimeOffset now)
{
    private const string None = "–";

    /// <summary>What is wrong, and what to do about it.</summary>
    public string Of(ClusterFinding finding) => words.Say("cluster-is-" + finding.Code, finding.Silo ?? "", Value(finding));

    /// <summary>How long ago something was; a dash when never.</summary>
    public string Ago(DateTimeOffset? at) => at is { } then ? words.Say("cluster-ago", Span((long)(now - then).TotalMilliseconds)) : None;

    /// <summary>A local time of the bureau; a dash when there is none.</summary>
    public string Time(DateTimeOffset? at) => at is { } then ? zone.LocalText(then.ToUnixTimeMilliseconds()) : None;

    /// <summary>A length of time in its largest fitting unit.</summary>
    public string Span(long milliseconds) => milliseconds switch
    {
        < 1_000 => words.Say("cluster-ms", Math.Max(0, milliseconds)),
        < 120_000 => words.Say("cluster-s", milliseconds / 1_000),
        < 7_200_000 => words.Say("cluster-min", milliseconds / 60_000),
        < 172_800_000 => words.Say("cluster-h", milliseconds / 3_600_000),
        _ => words.Say("cluster-d", milliseconds / 86_400_000),
    };

    private string Value(ClusterFinding finding) => finding.Value is not { } value ? ""
        : finding.Code == "silo-silent" ? words["cluster-silent-" + value]
        : DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Time(at)
        : value;
}
