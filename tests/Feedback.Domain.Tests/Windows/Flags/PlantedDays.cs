using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Tests.Windows.Flags;

/// <summary>What happens at a window at a time, in seconds after the day begins at nine.</summary>
/// <param name="At">When.</param>
/// <param name="Attack">Which attack it belongs to; null where it is an ordinary visit.</param>
internal abstract record Happening(double At, Attack? Attack = null);

/// <summary>A rating.</summary>
internal sealed record Rated(
    double At, Grade Grade, int? Matter = null, string? Comment = null, string Terminal = "t1", bool StaffPresent = false, Attack? Attack = null, bool IsFlaggable = false) : Happening(At, Attack);

/// <summary>A finished matter.</summary>
internal sealed record MatterDone(double At, int Number) : Happening(At);

/// <summary>Staff take the window over, or leave it.</summary>
internal sealed record Duty(double At, string? Staff) : Happening(At);

/// <summary>An attack.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Number">Its number.</param>
internal sealed record Attack(string Kind, int Number);

/// <summary>Frozen: days of one window from a fixed seed, clean ones and ones with attacks. Whoever changes a number here measures something else.</summary>
internal sealed class PlantedDays(int seed)
{
    public static readonly string[] Kinds = ["burst", "replayed text", "matter rated again", "staff in a row", "staff at sign-in", "staff's browser"];

    private const double WorkDay = 8 * 3600;
    private static readonly string[] Stock = ["很好", "满意", "态度好", "办得快", "服务态度很好，非常满意", "good", "very good service", "等太久了", "排队时间有点长"];
    private static readonly string[] Subjects = ["道路运输证换证", "驾驶员从业资格证", "车辆年审", "公交卡补办", "路政许可", "船舶登记", "网约车许可", "危货押运资格"];
    private static readonly string[] Said = ["材料说得清楚一次办好", "讲解耐心主动帮忙复印", "来了两趟才办完希望改进", "叫号系统坏了等了很久", "窗口人少但办得认真", "提醒我缺一份复印件"];

    private readonly Random _dice = new(seed);
    private int _matters;
    private int _attacks;

    /// <summary>A day, by time: visits, and with them so many attacks.</summary>
    public List<Happening> Day(int attacks)
    {
        var day = new List<Happening> { new Duty(0, "s-1"), new Duty(3.5 * 3600, null), new Duty(4.5 * 3600, "s-2"), new Duty(WorkDay + 600, null) };
        // A visit every two to twelve minutes; now and then a family whose members rate one after the other.
        for (var at = 60.0 + _dice.Next(600); at < WorkDay; at += 120 + _dice.Next(600))
            Visit(day, at, _dice.NextDouble() < 0.03 ? 2 + _dice.Next(4) : 1);
        for (var i = 0; i < attacks; i++)
            Plant(day, Kinds[_attacks % Kinds.Length], 1200 + (_dice.NextDouble() * (WorkDay - 4000)));
        return [.. day.OrderBy(happening => happening.At)];
    }

    private void Visit(List<Happening> day, double at, int people)
    {
        var matter = ++_matters;
        if (_dice.NextDouble() < 0.8)
            day.Add(new MatterDone(at, matter));
        for (var i = 0; i < people && _dice.NextDouble() < 0.6; i++)
            day.Add(new Rated(at + 8 + _dice.Next(40) + (i * 25), OrdinaryGrade(), i == 0 && _dice.NextDouble() < 0.6 ? matter : null, OrdinaryComment()));
    }

    private void Plant(List<Happening> day, string kind, double at)
    {
        var attack = new Attack(kind, _attacks++);
        switch (kind)
        {
            case "burst":
                var many = 15 + _dice.Next(20);
                for (var i = 0; i < many; i++)
                    day.Add(new Rated(at + (i * 55.0 / many), (Grade)(1 + _dice.Next(5)), Attack: attack, IsFlaggable: i >= 10));
                break;
            case "replayed text":
                var text = $"{Subjects[_dice.Next(Subjects.Length)]}的窗口人员{attack.Number}号服务一流，值得所有人学习点赞";
                for (var i = 0; i < 6; i++)
                    day.Add(new Rated(at + (i * (90 + _dice.Next(300))), Grade.VerySatisfied, ++_matters, Disguised(text), Attack: attack, IsFlaggable: i > 0));
                break;
            case "matter rated again":
                var rated = ++_matters;
                for (var i = 0; i < 3; i++)
                    day.Add(new Rated(at + (i * (30 + _dice.Next(1200))), Grade.VerySatisfied, rated, Attack: attack, IsFlaggable: i > 0));
                break;
            case "staff in a row":
                // Between two visits: whoever rates themselves does it while nobody looks.
                for (var i = 0; i < 9; i++)
                    day.Add(new Rated(at + (i * (4 + _dice.Next(8))), Grade.VerySatisfied, Attack: attack, IsFlaggable: i >= 4));
                break;
            case "staff at sign-in":
                day.Add(new Duty(at, "s-3"));
                day.Add(new Rated(at + 1 + _dice.Next(8), Grade.VerySatisfied, Attack: attack, IsFlaggable: true));
                break;
            default:
                day.Add(new Rated(at, Grade.VerySatisfied, ++_matters, Terminal: "public", StaffPresent: true, Attack: attack, IsFlaggable: true));
                break;
        }
    }

    private Grade OrdinaryGrade() => _dice.NextDouble() switch { < 0.72 => Grade.VerySatisfied, < 0.9 => Grade.Satisfied, < 0.96 => Grade.FairlySatisfied, < 0.985 => Grade.Dissatisfied, _ => Grade.VeryDissatisfied };

    private string? OrdinaryComment() => _dice.NextDouble() switch
    {
        < 0.85 => null,
        < 0.95 => Stock[_dice.Next(Stock.Length)],
        _ => $"{_dice.Next(2020, 2027)}年{_dice.Next(1, 13)}月办{Subjects[_dice.Next(Subjects.Length)]}，{Said[_dice.Next(Said.Length)]}，{_dice.Next(5, 90)}分钟",
    };

    private string Disguised(string text) => _dice.Next(3) switch { 0 => text + "！！", 1 => " " + text.Replace("，", " ", StringComparison.Ordinal), _ => text };
}
