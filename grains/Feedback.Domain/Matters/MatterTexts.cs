using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Matters;

/// <summary>The stored text of finished matters.</summary>
internal static class MatterTexts
{
    public static readonly EventKind[] Kinds = [EventKind.Of<MatterFinished>("matter.finished", 1, Write, Read)];

    private static void Write(CanonicalWriter text, MatterFinished finished)
    {
        text.BeginObject("claim"u8).Member("source"u8, finished.Source);
        text.Reference("matter"u8, finished.Matter);
        text.Member("serviceItem"u8, finished.ServiceItem).Member("staff"u8, finished.Staff);
        MomentText.Write(text, finished.FinishedAt);
        text.EndObject().Flag("unrateable"u8, !finished.Rateable);
        AdmissionText.Write(text, finished.Admission);
    }

    private static MatterFinished Read(JsonElement text, Opaque salt)
    {
        var claim = text.GetProperty("claim");
        return new MatterFinished
        {
            Salt = salt,
            Source = claim.Text("source"),
            Matter = claim.MatterReference("matter") ?? throw new FormatException("Member 'matter' is missing."),
            ServiceItem = claim.TextOrNull("serviceItem"),
            Staff = claim.TextOrNull("staff"),
            FinishedAt = MomentText.Read(claim),
            Rateable = !text.Flag("unrateable"),
            Admission = AdmissionText.Read(text),
        };
    }
}
