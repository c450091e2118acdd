namespace Feedback.Api.Policies;

/// <summary>The document of a policy. Each subject has its own members, and refuses those of the others; what is left out has its default.</summary>
/// <param name="Rules">case-limits: the limits by kind and category.</param>
/// <param name="WarnBefore">case-limits: when people are warned: a share of the limit such as 20%, or a limit such as 1wd.</param>
/// <param name="Escalation">case-limits: who is told after the deadline, in order.</param>
/// <param name="OpensUpTo">bad-rating: the best overall grade that opens a case, 0 to 2.</param>
/// <param name="DimensionsUpTo">bad-rating: the best grade of a dimension that opens a case, 0 to 2.</param>
/// <param name="CallBackShare">bad-rating: how many in a hundred are called back, 0 to 100.</param>
/// <param name="VerifiedBy">bad-rating: parent-supervision, lead-manager or handling-unit.</param>
/// <param name="CalledBackBy">bad-rating: the same for the closing call back; but for handling-unit always from outside of the rated unit.</param>
/// <param name="Rectification">bad-rating: a limit such as 15wd.</param>
/// <param name="Within">reopen: a limit in days such as 30d.</param>
/// <param name="Times">reopen: how often, 0 to 20.</param>
/// <param name="Attempts">feedback: how many attempts are made to reach a citizen, 1 to 20.</param>
/// <param name="SignFor">hotline: a limit such as 1wd.</param>
/// <param name="SignForComplex">hotline: the same for a complex order.</param>
/// <param name="ExtensionBeforeExpiry">hotline: yes or no.</param>
/// <param name="Extensions">hotline: how many extensions an order may get, 0 to 10.</param>
/// <param name="UrgeAfter">hotline: how long after the deadline the unit is chased.</param>
/// <param name="CriticismAfter">hotline: after how many chasings the unit is criticised in writing, 1 to 100.</param>
/// <param name="Routes">routing: to whom cases of a category go.</param>
/// <param name="Categories">categories: what cases are about.</param>
/// <param name="Zh">acceptance-notice: the Chinese title.</param>
/// <param name="En">acceptance-notice: the English title.</param>
/// <param name="Used">default-rule: yes or no: whether silence counts as a grade.</param>
/// <param name="Days">default-rule: after how many natural days without an answer, 1 to 365.</param>
/// <param name="Grade">default-rule: as which grade, 1 to 5.</param>
public sealed record PolicyBody(
    IReadOnlyList<LimitRuleBody>? Rules, string? WarnBefore, IReadOnlyList<EscalationBody>? Escalation,
    int? OpensUpTo, int? DimensionsUpTo, int? CallBackShare, string? VerifiedBy, string? CalledBackBy, string? Rectification,
    string? Within, int? Times,
    int? Attempts,
    string? SignFor, string? SignForComplex, string? ExtensionBeforeExpiry, int? Extensions, string? UrgeAfter, int? CriticismAfter,
    IReadOnlyList<RouteBody>? Routes,
    IReadOnlyList<CategoryBody>? Categories,
    string? Zh, string? En,
    string? Used, int? Days, int? Grade);

/// <summary>The limits of a kind of case, or of a category of it.</summary>
/// <param name="Kind">The kind's word.</param>
/// <param name="Category">The category's code; left out for all others.</param>
/// <param name="Limits">Limits such as 30min, 24h, 16wh, 5wd or 7d by the clock's word.</param>
public sealed record LimitRuleBody(string Kind, string? Category, IReadOnlyDictionary<string, string> Limits);

/// <summary>Who is told that a deadline has passed.</summary>
/// <param name="After">How long after it; left out for at once.</param>
/// <param name="To">owner, lead-manager or supervisor.</param>
public sealed record EscalationBody(string? After, string To);

/// <summary>To whom cases of a category go.</summary>
/// <param name="Category">The category's code.</param>
/// <param name="Lead">The id of the lead unit.</param>
/// <param name="Assisting">The ids of the assisting units.</param>
public sealed record RouteBody(string Category, string Lead, IReadOnlyList<string>? Assisting);

/// <summary>A category of cases.</summary>
/// <param name="Code">Its code: letters, digits, hyphens, points and underscores.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
/// <param name="Parent">The code of the category above; left out at the top.</param>
public sealed record CategoryBody(string Code, string Zh, string En, string? Parent);
