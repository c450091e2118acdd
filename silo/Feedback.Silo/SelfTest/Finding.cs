namespace Feedback.Silo.SelfTest;

/// <summary>How a check went.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>It works, and could be better.</summary>
    Warn,

    /// <summary>Kiosks or phones will not work, or secrets are at risk.</summary>
    Fail,
}

/// <summary>What one check found.</summary>
/// <param name="Check">The check's name, such as <c>dns</c>.</param>
/// <param name="Verdict">How it went.</param>
/// <param name="Code">Which words tell it: a name in the resources; the mend is under the same name with <c>.mend</c>.</param>
/// <param name="Values">What the words have places for.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Code, params object[] Values);
