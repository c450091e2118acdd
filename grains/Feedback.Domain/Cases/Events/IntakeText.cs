using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Cases;

/// <summary>The stored text of what was known when a case came in.</summary>
internal static class IntakeText
{
    public static void Write(CanonicalWriter text, CaseIntake intake)
    {
        text.Member("number"u8, intake.Number)
            .Member("about"u8, intake.Kind.Word())
            .Member("channel"u8, intake.Channel.Word())
            .Member("node"u8, intake.Node.Value)
            .Member("lead"u8, intake.Lead.Value)
            .Member("assisting"u8, [.. intake.Assisting.Select(node => node.Value)])
            .Member("category"u8, intake.Category);
        if (intake.External is { } external)
            text.BeginObject("external"u8).Member("source"u8, external.Source).Member("number"u8, external.Number).EndObject();
        if (intake.Rating is { } rating)
        {
            text.BeginObject("rating"u8).Member("window"u8, rating.Window.Value).Member("version"u8, rating.Version)
                .Member("grade"u8, (long?)(byte?)rating.Grade).Member("staff"u8, rating.Staff).Flag("matter"u8, rating.HasMatter).EndObject();
        }

        text.Member("staff"u8, intake.About).Flag("anonymous"u8, intake.Anonymous);
        text.Reference("text"u8, intake.Text);
        text.Reference("contact"u8, intake.Contact);
        text.Member("query"u8, intake.QueryCode?.ToString()).Member("language"u8, intake.Language).Member("imported"u8, intake.Imported);
        if (intake.OccurredAt is { } occurredAt)
        {
            text.BeginObject("occurred"u8);
            MomentText.Write(text, occurredAt);
            text.EndObject();
        }
    }

    public static CaseIntake Read(JsonElement text) => new()
    {
        Number = text.Text("number"),
        Kind = CaseTexts.Known("about", CaseWords.KindOf(text.Text("about"))),
        Channel = CaseTexts.Known("channel", CaseWords.ChannelOf(text.Text("channel"))),
        Node = text.Node("node"),
        Lead = text.Node("lead"),
        Assisting = [.. text.Texts("assisting").Select(node => new NodeId(node))],
        Category = text.TextOrNull("category"),
        External = text.TryGetProperty("external", out var external) ? new ExternalNumber(external.Text("source"), external.Text("number")) : null,
        Rating = text.TryGetProperty("rating", out var rating)
            ? new CaseRating(rating.Node("window"), rating.Number("version"), rating.GradeOrNull("grade"), rating.TextOrNull("staff"), rating.Flag("matter"))
            : null,
        About = text.Texts("staff"),
        Anonymous = text.Flag("anonymous"),
        Text = text.PersonalReference("text"),
        Contact = text.PersonalReference("contact"),
        QueryCode = text.TryGetProperty("query", out _) ? text.Opaque("query") : null,
        Language = text.TextOrNull("language"),
        Imported = text.TextOrNull("imported"),
        OccurredAt = text.TryGetProperty("occurred", out var occurred) ? MomentText.Read(occurred) : null,
    };
}
