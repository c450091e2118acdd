namespace Feedback.Domain.Evaluations;

/// <summary>How satisfied somebody was. 3 to 5 is good (好评), 1 and 2 is bad (差评).</summary>
public enum Grade : byte
{
    /// <summary>非常不满意.</summary>
    VeryDissatisfied = 1,

    /// <summary>不满意.</summary>
    Dissatisfied = 2,

    /// <summary>基本满意.</summary>
    FairlySatisfied = 3,

    /// <summary>满意.</summary>
    Satisfied = 4,

    /// <summary>非常满意.</summary>
    VerySatisfied = 5,
}

/// <summary>Where a grade comes from. Silence is not praise: rates are over active ones unless named otherwise.</summary>
public enum Origin : byte
{
    /// <summary>The citizen chose.</summary>
    Active = 1,

    /// <summary>Silence, counted by a rule.</summary>
    Default,

    /// <summary>Asked later.</summary>
    Callback,

    /// <summary>Asked, and no grade given.</summary>
    Declined,
}

/// <summary>The way on which an evaluation came.</summary>
public enum Channel : byte
{
    /// <summary>A terminal at the counter.</summary>
    Terminal = 1,

    /// <summary>A QR code.</summary>
    Qr,

    /// <summary>A phone call or text message.</summary>
    Phone,

    /// <summary>An app.</summary>
    App,

    /// <summary>A web page.</summary>
    Web,

    /// <summary>The hotline.</summary>
    Hotline,

    /// <summary>A printed form, keyed in.</summary>
    Paper,
}

/// <summary>The words of the stored text and of the API for grades' origins and channels.</summary>
public static class Words
{
    private static readonly string[] Origins = ["active", "default", "callback", "declined"];
    private static readonly string[] Channels = ["terminal", "qr", "phone", "app", "web", "hotline", "paper"];

    /// <summary>The stable word.</summary>
    public static string Word(this Origin origin) => Origins[(int)origin - 1];

    /// <summary>The stable word.</summary>
    public static string Word(this Channel channel) => Channels[(int)channel - 1];

    /// <summary>The origin of that word, or null.</summary>
    public static Origin? OriginOf(string word) => Array.IndexOf(Origins, word) is >= 0 and var index ? (Origin)(index + 1) : null;

    /// <summary>The channel of that word, or null.</summary>
    public static Channel? ChannelOf(string word) => Array.IndexOf(Channels, word) is >= 0 and var index ? (Channel)(index + 1) : null;
}
