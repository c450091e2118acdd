using System.Text.RegularExpressions;
using CsCheck;
using Feedback.Domain.Personal.FreeText;
using Xunit;

namespace Feedback.Domain.Tests.Personal.FreeText;

public sealed partial class FreeTextPropertyTests
{
    private const int Cases = 10_000;
    private const string Ordinary = "窗口人员态度很好谢谢您办理快慢等候材料补交，。！？\nthe staff was very kind and quick AEO ()、：";

    // No letter that could make a plate of it: those need a province before and a dot between.
    private static readonly Gen<string> Words = Among(Ordinary.ToCharArray()).Array[0, 60].Select(units => new string(units));
    private static readonly Gen<string> WordsWithNumerals = Among((Ordinary + "一二三四五六七八九十两").ToCharArray()).Array[0, 60].Select(units => new string(units));
    private static readonly Gen<char> Digit = Gen.Char['0', '9'];

    private static readonly Gen<string> Gap = Among("", "", "", " ", "-", ".", "·", "　", "－", " - ", "\u200B");

    private static readonly Gen<string> Mobile =
        Gen.Select(Among("", "", "+86", "+86 ", "86-", "(+86)", "0086"), Among("13", "14", "15", "16", "17", "18", "19"), Digit.Array[9], Gap.Array[10], Gen.Bool)
            .Select((country, head, rest, gaps, wide) => country + Spread(head + new string(rest), ApartFromDates(gaps), wide));

    private static readonly Gen<string> Identity =
        Gen.Select(Among("110105", "350102", "440524", "650101"), Gen.Date[new DateTime(1920, 1, 1), new DateTime(2025, 12, 31)], Digit.Array[3], Gap.Array[17], Gen.Bool)
            .Select((place, born, order, gaps, wide) => FormattableString.Invariant($"{place}{born:yyyyMMdd}") + new string(order) is var first
                ? Spread(first + Checksums.IdentityCheck(first), gaps, wide) : "");

    private static readonly Gen<string> Card =
        Gen.Select(Among("62", "4", "55", "37"), Digit.Array[11, 16], Among("", " ", "-"))
            .Select((head, rest, gap) => Grouped(Checked(head + new string(rest)), gap));

    private static readonly Gen<string> Mail =
        Gen.Select(Digit.Array[7, 12], Among("@", "＠"), Among("qq.com", "163.com", "mail.example.cn"))
            .Select((name, at, host) => new string(name) + at + host);

    private static readonly Gen<string> Planted = Gen.OneOf(Mobile, Identity, Card, Mail);

    [Fact]
    public void A_planted_number_is_found_in_any_text() => Gen.Select(WordsWithNumerals, Planted, WordsWithNumerals).Sample(
        (before, planted, after) => FreeTextScan.Find(before + planted + after)
            .Any(one => one.Start <= before.Length + 2 && one.End >= before.Length + planted.Length), iter: Cases);

    [Fact]
    public void Nothing_of_a_planted_number_is_left() => Gen.Select(Words, Planted, Words).Sample(
        (before, planted, after) => !SevenDigits().IsMatch(Plain(FreeTextMask.Mask(before + planted + after, kind => $"[{kind}]"))), iter: Cases);

    [Fact]
    public void A_text_without_digits_is_left_as_it_is() => Words.Sample(
        text => FreeTextMask.Mask(text, kind => $"[{kind}]") == text, iter: Cases);

    [Fact]
    public void Findings_lie_apart_within_the_text_whatever_it_is() => Gen.String.Sample(text =>
    {
        var end = 0;
        foreach (var one in FreeTextScan.Find(text))
        {
            Assert.True(one.Start >= end && one.Length > 0);
            end = one.End;
        }

        Assert.True(end <= text.Length);
    }, iter: Cases);

    // With a dot after two or four digits it could as well be 13.5.2026 or 1985.3.12, and whatever follows.
    private static string[] ApartFromDates(string[] gaps) => [.. gaps.Select((gap, i) => i is 1 or 3 ? "" : gap)];

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Spread(string digits, string[] gaps, bool wide) => string.Concat(digits.Select((digit, i) =>
        (wide && char.IsAsciiDigit(digit) ? (char)(digit - '0' + '０') : digit) + (i < gaps.Length && i < digits.Length - 1 ? gaps[i] : "")));

    private static string Grouped(string digits, string gap) => string.Join(gap, digits.Chunk(4).Select(group => new string(group)));

    private static string Checked(string digits) => digits + "0123456789".First(last => Checksums.Luhn(digits + last));

    private static string Plain(string text) => string.Concat(text.Select(unit => unit is >= '０' and <= '９' ? (char)(unit - '０' + '0') : unit));

    [GeneratedRegex("[0-9](?:[ .·　－-]{0,3}[0-9]){6}")]
    private static partial Regex SevenDigits();
}
