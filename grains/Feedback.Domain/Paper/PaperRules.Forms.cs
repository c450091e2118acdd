using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Paper;

/// <content>What is decided about single forms.</content>
public static partial class PaperRules
{
    /// <summary>After so long nothing that was on its way to a window arrives there any more: 24 hours, in milliseconds.</summary>
    // Windows answer within seconds, and a silo looks after forms a minute later. This is what nobody can doubt.
    public const long GivenUpAfter = 24L * 60 * 60 * 1000;

    /// <summary>So long after a form was sent to its window a silo looks what became of it: 1 minute, in milliseconds.</summary>
    // By then a window has answered, or nobody will hear its answer.
    public const long LookAfter = 60_000;

    private static Refusal? Key(KeyForms c, Steps steps)
    {
        if (c.Forms.Length is 0 or > MostAtOnce)
            return c.Forms.IsEmpty ? new Refusal("batch-empty") : new Refusal("too-many", Value: Text(MostAtOnce));
        if (c.Forms.GroupBy(one => one.Number).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return new Refusal("paper-form-twice", "form", Text(twice.Key));
        foreach (var read in c.Forms)
        {
            var form = steps.State.Of(read.Number);
            // The same once more is asked of the window once more, which knows it, comment and all.
            var refusal = ReadRefused(read, steps) ?? StoringRefused(read, steps)
                ?? (form.Spoilt is { } reason ? new Refusal("paper-form-spoilt", "form", reason) : null)
                ?? (form.Keyed is { } keyed && (form.Begun is not null || !keyed.Answers.SaysTheSameAs(read.Answers)) ? new Refusal("paper-form-keyed", "form", Text(read.Number)) : null);
            Store(read, form.Keyed?.Attempt ?? 1, refusal, steps);
        }

        return null;
    }

    private static Refusal? Correct(ReadForm read, Steps steps)
    {
        var form = steps.State.Of(read.Number);
        if ((ReadRefused(read, steps) ?? StoringRefused(read, steps) ?? CorrectionRefused(form, read, steps.Context)) is { } refusal)
            return refusal;
        Store(read, form.Keyed!.Attempt + 1, null, steps);
        return null;
    }

    // A correction takes a rating out of the figures. Whoever may not do that by right does it only after somebody else than who keyed
    // the form read it otherwise, and never on their own reading alone, be it the second or the first.
    private static Refusal? CorrectionRefused(PaperForm form, ReadForm read, PaperContext context)
    {
        if (form.Keyed is not { } first)
            return new Refusal("paper-form-not-keyed", "form", Text(form.Number));
        if (context.IsRecused)
            return new Refusal("recused");
        if (context.MayExclude)
            return null;
        if (!form.IsDisputed)
            return new Refusal("paper-form-undisputed", "form", Text(form.Number));
        var second = form.Recheck!.Stamp.By;
        return second == first.Stamp.By ? new Refusal("paper-recheck-own", "form", Text(form.Number))
            : second == context.By ? new Refusal("paper-correction-own", "form", Text(form.Number))
            : first.Stamp.By == context.By && KeepsOwn(form, read, context) ? new Refusal("paper-keep-own", "form", Text(form.Number))
            : null;
    }

    // Whether it says anything else than the second reading, which alone whoever keyed first may take over. The words are compared where they are kept.
    private static bool KeepsOwn(PaperForm form, ReadForm read, PaperContext context) =>
        !form.Recheck!.Answers.SaysTheSameAs(read.Answers)
        || (form.Recheck.Differences.Contains("comment") && !context.CommentDiffers && form.Keyed!.Answers.HasComment == read.Answers.HasComment);

    // A form that is on its way may have reached its window: only that one knows.
    private static void Store(ReadForm read, int attempt, Refusal? refusal, Steps steps)
    {
        var form = steps.State.Of(read.Number);
        refusal ??= form.Begun is { } begun && begun.Window != read.Answers.Window ? new Refusal("paper-form-begun", "window", begun.Window.Value) : null;
        if (refusal is not null)
        {
            steps.Refuse(read.Number, refusal);
            return;
        }

        // Keyed once more long after, it may be that nobody looks after it any more.
        var isLookedAfter = form.Begun is { } sent && steps.Context.Now - sent.Stamp.At < LookAfter / 2;
        if (!isLookedAfter && form.Keyed?.Attempt != attempt)
            steps.Then(new PaperFormBegun { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Form = read.Number, Attempt = attempt, Window = read.Answers.Window });
        steps.Store(read, attempt);
    }

    // Whether a form is one of the batch.
    private static Refusal? ReadRefused(ReadForm read, Steps steps)
    {
        var (opened, answers) = (steps.State.Opened!, read.Answers);
        if (NumberRefused(read.Number, steps) is { } refusal)
            return refusal;
        if (answers.Day < opened.From || answers.Day > opened.Through)
            return new Refusal("paper-day-outside", "day", Text(answers.Day));
        if (!steps.Context.HasWindow(answers.Window, answers.Day))
            return new Refusal("paper-window-elsewhere", "window", answers.Window.Value);
        return TextRefused(answers.ServiceItem, "serviceItem", LongestItem);
    }

    // Whether its window would take it now. What only checks another counts nothing, and may come at any time.
    private static Refusal? StoringRefused(ReadForm read, Steps steps)
    {
        var (answers, today) = (read.Answers, steps.Context.Today);
        if (answers.Day > today)
            return new Refusal("paper-day-ahead", "day", Text(today));
        if (answers.Day < today.AddDays(-MostDaysBack))
            return new Refusal("paper-too-old", "day", Text(MostDaysBack));
        foreach (var dimension in answers.Dimensions)
        {
            if (!steps.Context.HasDimension(dimension.Code))
                return new Refusal("dimension-unknown", "dimensions." + dimension.Code, dimension.Code);
        }

        return null;
    }

    private static Refusal? NumberRefused(int number, Steps steps) =>
        number >= 1 && number <= steps.State.Opened!.Issued ? null : new Refusal("count-invalid", "form", $"1–{Text(steps.State.Opened!.Issued)}");

    private static Refusal? Spoil(SpoilForm c, Steps steps)
    {
        if (NumberRefused(c.Form, steps) is { } refusal)
            return refusal;
        if (c.Reason is not null && !PaperWords.SpoiltReasons.Contains(c.Reason))
            return new Refusal("word-unknown", "reason", c.Reason);
        var form = steps.State.Of(c.Form);
        if (form.Keyed is not null)
            return new Refusal("paper-form-keyed", "form", Text(c.Form));
        if (form.Begun is { } begun && !IsLost(form, steps))
            return new Refusal("paper-form-begun", "form", begun.Window.Value);
        GiveUp(form, steps);
        if (form.Spoilt == c.Reason)
            return null;
        if (form.Spoilt is { } other && c.Reason is not null)
            return new Refusal("paper-form-spoilt", "form", other);
        steps.Then(new PaperFormSpoilt { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Form = c.Form, Reason = c.Reason });
        return null;
    }

    // Whoever asks has looked at the window just now: it stored nothing, or what it stored could not be noted yet.
    private static bool IsLost(PaperForm form, Steps steps) =>
        form.Begun is { } begun && steps.Context.Now - begun.Stamp.At >= GivenUpAfter && !steps.Context.Unsettled.Contains(form.Number);

    private static void GiveUp(PaperForm form, Steps steps)
    {
        if (IsLost(form, steps))
            steps.Then(new PaperFormDropped { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Form = form.Number, Refusal = "outcome-unknown" });
    }

    private static Refusal? Recheck(ReadForm read, Steps steps)
    {
        if (ReadRefused(read, steps) is { } refusal)
            return refusal;
        if (steps.State.Of(read.Number).Keyed is not { } first)
            return new Refusal("paper-form-not-keyed", "form", Text(read.Number));
        if (first.Stamp.By == steps.Context.By)
            return new Refusal("paper-recheck-own", "form", Text(read.Number));
        // What the form asked about then may be keyed though it is asked no longer, and is not missed where it is not.
        var (known, asked, told) = (steps.Context.HasDimension, CodesOf(first.Answers), CodesOf(read.Answers));
        if (told.FirstOrDefault(code => !known(code) && !asked.Contains(code)) is { } unknown)
            return new Refusal("dimension-unknown", "dimensions." + unknown, unknown);
        var differences = first.Answers.Differences(read.Answers)
            .RemoveAll(field => asked.Any(code => field == "dimensions." + code && !known(code) && !told.Contains(code)));
        // The words are compared where they are kept.
        if (steps.Context.CommentDiffers && !differences.Contains("comment"))
            differences = differences.Add("comment");
        // The same request once more, after its answer was lost.
        if (steps.State.Of(read.Number).Recheck is { } before && before.Answers.SaysTheSameAs(read.Answers) && before.Differences.SequenceEqual(differences))
            return null;
        steps.Then(new PaperFormRechecked { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Form = read.Number, Answers = read.Answers, Differences = differences });
        return null;
    }

    private static List<string> CodesOf(PaperAnswers answers) => [.. answers.Dimensions.Select(dimension => dimension.Code)];

    // What was keyed first stays, too, where a correction never arrived.
    private static Refusal? Keep(int number, Steps steps)
    {
        var form = steps.State.Of(number);
        if (!form.IsDisputed && !(form.Keyed is not null && IsLost(form, steps)))
            return new Refusal("paper-form-undisputed", "form", Text(number));
        // Of two readings nobody chooses their own.
        if (form.IsDisputed && form.Keyed!.Stamp.By == steps.Context.By)
            return new Refusal("paper-keep-own", "form", Text(number));
        GiveUp(form, steps);
        steps.Then(new PaperFirstKept { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Form = number });
        return null;
    }
}
