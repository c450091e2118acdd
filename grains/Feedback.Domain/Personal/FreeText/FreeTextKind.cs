namespace Feedback.Domain.Personal.FreeText;

/// <summary>What a piece of free text gives away about a person.</summary>
public enum FreeTextKind
{
    /// <summary>手机号: a mobile number of the mainland.</summary>
    Mobile = 1,

    /// <summary>座机号: a land line with its area code, or a 400 or 800 number.</summary>
    LandLine,

    /// <summary>身份证号: an identity number of 18 or 15 characters.</summary>
    IdentityNumber,

    /// <summary>银行卡号: the number of a bank card.</summary>
    BankCard,

    /// <summary>车牌号: a number plate.</summary>
    Plate,

    /// <summary>邮箱: an e-mail address.</summary>
    Mail,

    /// <summary>号码: twenty digits or more in a row, which may be several of the above.</summary>
    LongNumber,
}

/// <summary>A piece of a text that gives something away.</summary>
/// <param name="Kind">What.</param>
/// <param name="Start">Where it begins, in UTF-16 units from 0.</param>
/// <param name="Length">How long it is.</param>
public readonly record struct FreeTextFinding(FreeTextKind Kind, int Start, int Length)
{
    /// <summary>The unit after the last.</summary>
    public int End => Start + Length;
}
