using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Personal;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Windows;

/// <summary>
/// The marks by which a window recognizes repeated comments: 64 bits of HMAC-SHA-256 under the bureau's own key, so that a mark tells
/// nobody what was said. Comments that were stored before this activation are read again when the first one is to be compared.
/// </summary>
internal sealed partial class CommentMarks(BureauSecrets secrets, PersonalCipher cipher, IPersonalStore personal, ILogger log)
{
    private readonly byte[] _key = secrets.KeyFor("repeated-text");
    private readonly List<Opaque> _unread = [];

    /// <summary>The mark of a claim's comment; null where there is none, or it is too short to tell anything.</summary>
    public ulong? Of(WindowClaim claim) => claim is EvaluationClaim { Comment: { } comment } ? Of(comment) : null;

    /// <summary>Notes a stored event whose comment has no mark yet.</summary>
    public void Note(JournalEvent happened)
    {
        if (happened is not EvaluationAccepted { Comment: { } comment, Admission.Imported: null })
            return;
        if (_unread.Count == RatingWatch.MarksKept)
            _unread.RemoveAt(0);
        _unread.Add(comment.Ref);
    }

    /// <summary>Where the comments are kept that have no mark yet, for <see cref="Take"/>.</summary>
    public string Write() => string.Join(' ', _unread);

    /// <summary>Takes up what <see cref="Write"/> wrote.</summary>
    public void Take(string text) => _unread.AddRange(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Opaque.Parse));

    /// <summary>Gives a window's watch the marks that it lacks. What cannot be read now is read the next time, and nobody waits for it.</summary>
    public async Task ReadAsync(RatingWatch watch)
    {
        if (_unread.Count == 0)
            return;
        try
        {
            var found = await personal.FindAsync(_unread);
            foreach (var reference in _unread)
            {
                // Erased ones are gone, and their marks with them.
                if (found.TryGetValue(reference, out var kept) && Read(kept.Text, kept.Key) is { } mark)
                    watch.Remember(mark);
            }

            _unread.Clear();
        }
        catch (Exception e)
        {
            CouldNotRead(log, e);
        }
    }

    // One that does not open never will, and is no reason to leave the others out.
    private ulong? Read(SealedText text, SubjectKey key)
    {
        try
        {
            return Of(cipher.Open(text, key));
        }
        catch (CryptographicException e)
        {
            CouldNotRead(log, e);
            return null;
        }
    }

    private ulong? Of(string comment) => CommentText.Compared(comment) is { } compared
        ? BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(compared)))
        : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Earlier comments could not be read; repeated ones may go without their flag.")]
    private static partial void CouldNotRead(ILogger log, Exception why);
}
