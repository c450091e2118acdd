using System.Globalization;
using Feedback.Domain.Journal;
using Feedback.Domain.Tallies;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Feedback.Grains.Journal;

/// <summary>
/// The vocabulary of a cluster in which releases may differ: what is written is what the oldest of its silos reads, by what each
/// of them publishes as its metadata.
/// </summary>
/// <param name="membership">Who is in the cluster.</param>
/// <param name="metadata">What they publish.</param>
/// <param name="known">What this release reads; null for what it is.</param>
public sealed class ClusterVocabulary(IClusterMembershipService membership, ISiloMetadataCache metadata, EventVocabulary? known = null) : IWrittenVocabulary
{
    /// <summary>The key under which a silo publishes the newest revision of <see cref="EventVocabulary"/> that it reads.</summary>
    public const string VocabularyKey = "vocabulary";

    /// <summary>The key under which a silo publishes its <see cref="TallyFold.Revision"/>.</summary>
    public const string FoldKey = "fold";

    // The first release that forms clusters reads this one, and publishes nothing.
    private const int Oldest = 1;

    private readonly EventVocabulary _vocabulary = known ?? EventVocabulary.Known;
    private volatile Agreement? _agreed;

    private sealed record Agreement(MembershipVersion Of, int Revision);

    /// <summary>What a silo publishes of itself.</summary>
    /// <param name="held">Where an upgrade shall be undone at will: the revision beyond which nothing is written; null for no such wish.</param>
    public static Dictionary<string, string> Published(int? held) => new()
    {
        [VocabularyKey] = Math.Min(EventVocabulary.Known.Newest, held ?? int.MaxValue).ToString(CultureInfo.InvariantCulture),
        [FoldKey] = TallyFold.Revision.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The newest revision that all silos read that may read the journal now or soon.</summary>
    public int Revision
    {
        get
        {
            var cluster = membership.CurrentSnapshot;
            if (_agreed is { } agreed && agreed.Of == cluster.Version)
                return agreed.Revision;
            var (revision, isComplete) = (_vocabulary.Newest, true);
            foreach (var (silo, member) in cluster.Members)
            {
                if (member.Status is SiloStatus.None or SiloStatus.Created or SiloStatus.Dead)
                    continue;
                var published = metadata.GetSiloMetadata(silo).Metadata;
                isComplete &= published.Count > 0;
                revision = Math.Min(revision, RevisionOf(published.GetValueOrDefault(VocabularyKey)));
            }

            // Silos are asked what they publish after they are seen: only a full picture stays as it is until they change.
            if (isComplete)
                _agreed = new Agreement(cluster.Version, revision);
            return revision;
        }
    }

    /// <inheritdoc/>
    public string? FindUnread(JournalRow row) =>
        Revision is var revision && revision < _vocabulary.Newest ? _vocabulary.UnreadIn(row, revision) : null;

    // Whoever does not say counts as the oldest.
    private static int RevisionOf(string? published) =>
        int.TryParse(published, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision >= Oldest ? revision : Oldest;
}
