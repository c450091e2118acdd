using CsCheck;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Cases;

public sealed class CaseNumberTests
{
    private static readonly Gen<string> Numbers = Gen.Select(Gen.Int[0, 40_000], Gen.ULong).Select((day, bits) =>
        CaseNumber.Of(new DateOnly(1970, 1, 1).AddDays(day), new Opaque(bits)));

    [Fact]
    public void A_number_tells_its_day_and_ends_with_its_check_digit()
    {
        var number = CaseNumber.Of(Some.On("2026-03-02"), new Opaque(42));
        Assert.StartsWith("20260302-0000042-", number, StringComparison.Ordinal);
        Assert.Equal(number, CaseNumber.Read(number));
    }

    // The example of the check in the public description of Damm's algorithm: 572 has the check digit 4.
    [Theory]
    [InlineData("572", 4)]
    [InlineData("0", 0)]
    public void The_check_digit_is_Damms(string digits, int check)
    {
        int[][] table =
        [
            [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9], [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
            [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1], [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
            [9, 4, 3, 8, 6, 1, 7, 2, 0, 5], [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
        ];
        Assert.Equal(check, digits.Aggregate(0, (interim, digit) => table[interim][digit - '0']));
        var number = CaseNumber.Of(Some.On("2026-03-02"), new Opaque(42)).Replace("-", "", StringComparison.Ordinal);
        Assert.Equal(0, number.Aggregate(0, (interim, digit) => table[interim][digit - '0']));
    }

    [Theory]
    [InlineData("202603020000042{0}")]
    [InlineData(" 20260302 0000042 {0} ")]
    [InlineData("２０２６０３０２－０００００４２－{0}")]
    public void It_is_read_as_people_type_it(string typed)
    {
        var number = CaseNumber.Of(Some.On("2026-03-02"), new Opaque(42));
        Assert.Equal(number, CaseNumber.Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, number[^1])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20260302-0000042")]
    [InlineData("q0260302-0000042-1")]
    [InlineData("20261302-0000042-1")]
    [InlineData("20260302-0000042-11")]
    public void What_is_no_number_is_not_read(string typed) => Assert.Null(CaseNumber.Read(typed));

    [Fact]
    public void One_wrong_digit_is_always_told() => Gen.Select(Numbers, Gen.Int[0, 17], Gen.Int[1, 9]).Sample((number, at, add) =>
    {
        if (number[at] == '-')
            return;
        var wrong = number.ToCharArray();
        wrong[at] = (char)('0' + ((wrong[at] - '0' + add) % 10));
        Assert.Null(CaseNumber.Read(new string(wrong)));
    }, iter: 20_000);

    [Fact]
    public void Two_neighbours_in_the_wrong_order_are_always_told() => Gen.Select(Numbers, Gen.Int[0, 14]).Sample((number, at) =>
    {
        var digits = number.Replace("-", "", StringComparison.Ordinal).ToCharArray();
        if (digits[at] == digits[at + 1])
            return;
        (digits[at], digits[at + 1]) = (digits[at + 1], digits[at]);
        Assert.Null(CaseNumber.Read(new string(digits)));
    }, iter: 20_000);

    [Fact]
    public void A_query_code_has_six_digits() => Gen.ULong.Sample(bits => CaseNumber.QueryCodeOf(new Opaque(bits)) is { Length: 6 } code && code.All(char.IsAsciiDigit));
}
