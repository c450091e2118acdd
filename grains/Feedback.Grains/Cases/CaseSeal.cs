using System.Text;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Cases;

/// <summary>A command with references in place of the texts that came with it, and the sealed texts.</summary>
/// <param name="Command">The command.</param>
/// <param name="Keys">The subject's key where it is new.</param>
/// <param name="Texts">The texts.</param>
/// <param name="Subject">The key that seals them; null for no text.</param>
internal sealed record SealedCommand(CaseCommand Command, IReadOnlyList<SubjectKey> Keys, IReadOnlyList<SealedText> Texts, SubjectKey? Subject);

/// <summary>Takes personal text out of requests. All texts of a case are sealed under one key, so that destroying it erases the citizen from the case.</summary>
internal sealed class CaseSeal(PersonalCipher cipher, IPersonalStore personal)
{
    /// <summary>Why the texts of a request do not fit; null when they do.</summary>
    public static Refusal? Refused(CaseCommand command, CaseRequest request) =>
        request.Words?.Length > CaseRequest.LongestText ? new Refusal("text-too-long", "words", $"{CaseRequest.LongestText}")
        : request.Contact?.Length > CaseRequest.LongestText ? new Refusal("text-too-long", "contact", $"{CaseRequest.LongestText}")
        : request.Words?.Contains('\0', StringComparison.Ordinal) == true ? new Refusal("text-unfit", "words")
        : request.Contact?.Contains('\0', StringComparison.Ordinal) == true ? new Refusal("text-unfit", "contact")
        : request.File is { Length: > CaseRequest.LargestFile } ? new Refusal("file-too-large", "file", $"{CaseRequest.LargestFile}")
        : command is AttachFile && request.File is not { Length: > 0 } ? new Refusal("file-missing", "file")
        : command is not AttachFile && request.File is not null ? new Refusal("file-not-here", "file")
        : command is not OpenCase && request.Contact is not null ? new Refusal("words-not-here", "contact")
        : request.Words is not null && !TakesWords(command) ? new Refusal("words-not-here", "words")
        : null;

    /// <summary>Seals what came with a command.</summary>
    public async Task<SealedCommand> SealAsync(CaseCommand command, CaseRequest request, CaseBook book, long now)
    {
        var (words, contact) = (Kept(request.Words), Kept(request.Contact));
        if (words is null && contact is null && request.File is null)
            return new SealedCommand(command, [], [], null);
        var known = await book.SubjectAsync(personal);
        var key = known ?? cipher.NewSubject(now);
        var texts = new List<SealedText>();
        var (wordsSealed, contactSealed) = (Seal(PersonalKind.CaseText, words), Seal(PersonalKind.Contact, contact));
        command = With(command, wordsSealed, contactSealed);
        if (command is AttachFile attach && request.File is { } file)
        {
            var kept = Seal(PersonalKind.Attachment, file)!;
            command = attach with { File = kept.Ref, Size = file.Length, Hash = kept.Hash };
        }

        return new SealedCommand(command, known is null ? [key] : [], texts, key);

        PersonalReference? Seal(PersonalKind kind, byte[]? content)
        {
            if (content is null)
                return null;
            var text = cipher.SealMore(key, now, kind, content);
            texts.Add(text);
            return new PersonalReference(text.Ref, PersonalText.Hash(text.Salt, content));
        }
    }

    /// <summary>Whether a request that was done before comes with another file now. Of a file that was erased nobody can tell.</summary>
    /// <param name="request">The request.</param>
    /// <param name="before">The file that came with it first; null for none.</param>
    public async Task<bool> IsOtherFileAsync(CaseRequest request, CaseAttached? before) =>
        before is not null && request.File is { } file
        && (await personal.FindAsync([before.File])).TryGetValue(before.File, out var kept)
        && PersonalText.Hash(kept.Text.Salt, file) != before.Hash;

    private static byte[]? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : Encoding.UTF8.GetBytes(text);

    private static bool TakesWords(CaseCommand command) =>
        command is OpenCase or NoteProgress or AppealRating or HandleCase or GiveFeedback or DisputeCase or CallCitizenBack or CityCalledBack or ReopenCase;

    private static CaseCommand With(CaseCommand command, PersonalReference? words, PersonalReference? contact) => command switch
    {
        OpenCase c => c with { Intake = c.Intake with { Text = words, Contact = contact } },
        NoteProgress c => c with { Note = words },
        AppealRating c => c with { Words = words },
        HandleCase c => c with { Note = words },
        GiveFeedback c => c with { Words = words },
        DisputeCase c => c with { Words = words },
        CallCitizenBack c => c with { Words = words },
        CityCalledBack c => c with { Words = words },
        ReopenCase c => c with { Words = words },
        _ => command,
    };
}
