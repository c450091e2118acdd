using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Invitations;

/// <summary>The language that an invitation speaks until its reader chooses another.</summary>
public enum InvitationLanguage : byte
{
    /// <summary>The browser's own.</summary>
    Any,

    /// <summary>Chinese.</summary>
    Chinese,

    /// <summary>English.</summary>
    English,
}

/// <summary>
/// A citizen is asked to rate one matter that was dealt with at one window. Nothing of it is stored: it travels in its token.
/// </summary>
/// <param name="Window">The window, by an id such as <c>n12</c>.</param>
/// <param name="Matter">The keyed hash of the matter's number; never the number.</param>
/// <param name="ServiceItem">The service item's code, at most 64 characters; null when it is not known.</param>
/// <param name="At">When the citizen was served, in whole seconds: the rating is of that time, whenever it is given.</param>
/// <param name="Days">How long it is good from then on, 1 to 90 days.</param>
/// <param name="Language">The language of the page.</param>
public sealed record Invitation(NodeId Window, Opaque Matter, string? ServiceItem, Moment At, int Days, InvitationLanguage Language)
{
    /// <summary>The source of ratings by invitation. No client may name it as its own.</summary>
    public const string Source = "invitation";

    /// <summary>The most days that an invitation is good: as long as a device's time is believed.</summary>
    public const int MostDays = 90;

    /// <summary>The days unless a bureau says otherwise.</summary>
    public const int UsualDays = 7;

    private const char Apart = '~';
    private const int MatterLength = 22;
    private const long DayInMilliseconds = 24L * 60 * 60 * 1000;

    /// <summary>From when on it is good no more, milliseconds UTC.</summary>
    public long ExpiresAt => At.UtcMilliseconds + (Days * DayInMilliseconds);

    /// <summary>
    /// The id under which a rating of the matter is stored: the matter's hash, and what the sender drew. Only the hash tells one
    /// rating from another; whoever sends the draw again proves that the rating was theirs and gets its receipt again.
    /// </summary>
    /// <param name="draw">At least 128 random bits, as text.</param>
    public string RatingId(string draw) => Matter.ToString() + Apart + draw;

    /// <summary>The part of a rating's id that tells it from others.</summary>
    public static string IdentityOf(string id) => id.Length > MatterLength && id[MatterLength] == Apart ? id[..MatterLength] : id;

    /// <summary>Reads the language of a tag such as <c>zh-CN</c>.</summary>
    public static InvitationLanguage LanguageOf(string? tag) =>
        tag is null ? InvitationLanguage.Any
        : tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? InvitationLanguage.Chinese
        : InvitationLanguage.English;

    /// <summary>The time cut to whole seconds, as a token carries it.</summary>
    public static Moment Cut(Moment time) => new(time.UtcMilliseconds / 1000 * 1000, time.OffsetMinutes);

    /// <summary>How many bytes the service item takes in a token.</summary>
    internal int ItemLength => ServiceItem is null ? 0 : Encoding.UTF8.GetByteCount(ServiceItem);
}
