using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Paper;

/// <summary>What was ticked on a form, without the citizen's own words.</summary>
public sealed record PaperAnswers
{
    /// <summary>The window.</summary>
    public required NodeId Window { get; init; }

    /// <summary>The local day on which the form was filled in.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The overall grade.</summary>
    public required Grade Grade { get; init; }

    /// <summary>Grades by dimension, ascending by code.</summary>
    public ImmutableArray<DimensionGrade> Dimensions { get; init; } = [];

    /// <summary>The service item's code; null where the form names none.</summary>
    public string? ServiceItem { get; init; }

    /// <summary>Whether the citizen wrote something.</summary>
    public bool HasComment { get; init; }

    /// <summary>The answers of a stored evaluation.</summary>
    /// <param name="stored">One that came from a form: it has a grade.</param>
    /// <param name="day">The local day.</param>
    public static PaperAnswers Of(EvaluationAccepted stored, DateOnly day) => new()
    {
        Window = stored.Evaluation.Window,
        Day = day,
        Grade = stored.Evaluation.Grade!.Value,
        Dimensions = stored.Evaluation.Dimensions,
        ServiceItem = stored.Evaluation.ServiceItem,
        HasComment = stored.Comment is not null,
    };

    /// <summary>The evaluation that the window takes.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="form">The form's number.</param>
    /// <param name="attempt">1 for what was keyed first, one more for each correction.</param>
    /// <param name="zone">The zone of the window's local days.</param>
    public Evaluation Evaluation(PaperBatchId batch, int form, int attempt, HallZone zone) => new()
    {
        Id = IdOf(form, attempt),
        Source = batch.Source,
        Window = Window,
        // Nobody knows the hour at which a form was filled in.
        OccurredAt = Moment.OnDay(Day, zone),
        Grade = Grade,
        Origin = Origin.Active,
        Dimensions = Dimensions,
        Channel = Channel.Paper,
        ServiceItem = ServiceItem,
    };

    /// <summary>The id of a form's evaluation: the form's number, for a correction with the number of the attempt.</summary>
    public static string IdOf(int form, int attempt) =>
        attempt == 1 ? form.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{form}.{attempt}");

    /// <summary>Whether others say the same.</summary>
    public bool SaysTheSameAs(PaperAnswers other) => Differences(other).IsEmpty;

    /// <summary>The names of the fields in which others differ, as the API names them; the comment's own words are not known here.</summary>
    public ImmutableArray<string> Differences(PaperAnswers other)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        Add(Window == other.Window, "window");
        Add(Day == other.Day, "day");
        Add(Grade == other.Grade, "grade");
        foreach (var code in Dimensions.Concat(other.Dimensions).Select(one => one.Code).Distinct().Order(StringComparer.Ordinal))
            Add(GradeOf(code) == other.GradeOf(code), "dimensions." + code);
        Add(ServiceItem == other.ServiceItem, "serviceItem");
        Add(HasComment == other.HasComment, "comment");
        return found.ToImmutable();

        void Add(bool same, string field)
        {
            if (!same)
                found.Add(field);
        }
    }

    private Grade? GradeOf(string code)
    {
        foreach (var one in Dimensions)
        {
            if (one.Code == code)
                return one.Grade;
        }

        return null;
    }
}
