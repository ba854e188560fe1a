/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft-field.h"
#include "domain/trestle-lint.h"

G_BEGIN_DECLS

/* The rules; trestle-lint-rules.c has their table. */
typedef enum
{
  /* of every field */
  RULE_TYPE,
  RULE_MISSING,
  RULE_MISSING_ADVISED,
  RULE_EMPTY_ENTRY,
  RULE_TOO_LONG,
  RULE_LONGER_THAN_ADVISED,
  RULE_TOO_MANY,
  RULE_MORE_THAN_ADVISED,
  RULE_TOTAL,
  RULE_FORM,
  RULE_CHOICE,
  RULE_LEADING_SPACE,
  RULE_CONTROL_CHARACTER,
  RULE_TRADEMARK_SPACE,
  RULE_DUPLICATE_ENTRY,
  RULE_UNREACHABLE,
  RULE_FILE_MISSING,
  RULE_UNKNOWN_FIELD,
  /* product */
  RULE_CATEGORY_UNKNOWN,
  RULE_LINK_LENGTH,
  RULE_SUPPORT_CONTACT,
  RULE_DESCRIPTION_TOPICS,
  RULE_LOGO_FORMAT,
  RULE_LOGO_BYTES,
  RULE_LOGO_SIDE,
  RULE_LOGO_RATIO,
  RULE_LOGO_GROUND,
  /* versions */
  RULE_VERSION_PACKAGE,
  RULE_VERSION_KINDS,
  RULE_VERSION_TITLE_TWICE,
  RULE_VERSION_PACKAGE_TWICE,
  RULE_VERSION_PACKAGE_CHANGED,
  RULE_VERSION_TITLE_CHANGED,
  RULE_VERSION_ONE_AT_A_TIME,
  RULE_VERSION_NEW_RESTRICTED,
  RULE_VERSION_LAST_RESTRICTED,
  RULE_VERSION_UNRESTRICTED,
  RULE_VERSION_GONE,
  RULE_ARN_REGION,
  RULE_ARN_ACCOUNT,
  RULE_ROLE_ACCOUNT,
  RULE_PACKAGE_MISSING,
  RULE_PACKAGE_STATUS,
  RULE_PACKAGE_CERTIFIED,
  RULE_PACKAGE_VALIDATION,
  RULE_PACKAGE_SCAN,
  RULE_PACKAGE_TYPES,
  RULE_PACKAGE_IMAGE,
  RULE_RECOMMENDED_UNSUPPORTED,
  RULE_RECOMMENDED_MISSING,
  RULE_RECOMMENDED_TRAINING,
  /* usage information */
  RULE_SAMPLE_MISSING,
  RULE_SAMPLE_TWICE,
  RULE_PARAMETERS_UNLISTED,
  RULE_ATTRIBUTES_HEADER,
  RULE_NOTEBOOK_PLACE,
  RULE_MEDIA_TYPE_MISSING,
  RULE_ALGORITHM_TOPICS,
  /* prices */
  RULE_PRICES_NONE,
  RULE_PRICE_MISSING,
  RULE_PRICE_UNSUPPORTED,
  RULE_PRICE_REMOVED,
  RULE_PRICE_DECIMALS,
  RULE_PRICE_TWICE,
  RULE_PRICE_BOTH_WAYS,
  RULE_PRICE_ZERO,
  RULE_PRICE_NOT_FREE,
  RULE_PRICE_RISE_EARLY,
  RULE_PRICE_RISE_AND_CUT,
  RULE_PRICE_RISE_AND_NEW,
  RULE_PRICE_RISE_NOTICE,
  RULE_PRICING_MODEL_CHANGED,
  RULE_CURRENCY,
  /* the offer's other terms */
  RULE_TRIAL_DAYS,
  RULE_TRIAL_DAYS_OLDER,
  RULE_TRIAL_DAYS_ADVISED,
  RULE_TRIAL_FREE,
  RULE_TRIAL_PER_INFERENCE,
  RULE_EULA_VERSION_MISSING,
  RULE_EULA_VERSION_OLD,
  RULE_EULA_SOURCE,
  RULE_EULA_KIND,
  RULE_EULA_EMPTY,
  RULE_EULA_BYTES,
  RULE_REFUND_CHARACTERS,
  RULE_REFUND_SPACE,
  N_RULES,
} TrestleLintRuleId;

extern const TrestleLintRule trestle_lint_rule_table[];

/* A draft while it is being held against the rules. */
typedef struct
{
  const TrestleLintFacts *facts;
  JsonNode *root, *product, *versions, *offer;
  JsonNode *live_product, *live_versions, *live_offer; /* %NULL where nothing is known */
  GPtrArray *findings;
} TrestleLinter;

/** trestle_lint_report: adds a finding; takes @message */
void
trestle_lint_report (TrestleLinter *self, TrestleLintRuleId rule, const char *field, char *message);

/** trestle_lint_report_code: the same with another code than the rule's (nullable) */
void trestle_lint_report_code (TrestleLinter *self,
                               TrestleLintRuleId rule,
                               const char *field,
                               const char *code,
                               char *message);

/** trestle_lint_report_label: the same with the field's label as the only argument of @format */
void trestle_lint_report_label (TrestleLinter *self,
                                TrestleLintRuleId rule,
                                const char *field,
                                const char *code,
                                const char *format);

/** trestle_lint_report_limit: the same with label, what was found, and the limit */
void trestle_lint_report_limit (TrestleLinter *self,
                                TrestleLintRuleId rule,
                                const char *field,
                                const char *code,
                                const char *format,
                                gint64 found,
                                gint64 limit);

/** TrestleLintFieldCode: AWS's code for the fields whose pattern begins like this */
typedef struct
{
  const char *pattern;
  const char *code;
} TrestleLintFieldCode;

/** TRESTLE_LINT_CODE: Returns: the code that the array @codes has for @field, or @otherwise */
#define TRESTLE_LINT_CODE(codes, field, otherwise)                                                 \
  trestle_lint_code_for (codes, G_N_ELEMENTS (codes), field, otherwise)
const char *trestle_lint_code_for (const TrestleLintFieldCode *codes,
                                   gsize n,
                                   const TrestleDraftField *field,
                                   const char *otherwise);

/** trestle_lint_text: what the table says of a text */
void trestle_lint_text (TrestleLinter *self,
                        const TrestleDraftField *field,
                        const char *text,
                        const char *path);

/** trestle_lint_new_finding: Returns: (transfer full): a finding; takes @message */
TrestleFinding *trestle_lint_new_finding (TrestleLintRuleId rule,
                                          const char *field,
                                          const char *code,
                                          char *message);

/**
 * trestle_lint_find_package:
 * @known: (out): whether it is known if it is there
 *
 * Returns: (nullable) (transfer none): the package of @version
 */
TrestlePackage *trestle_lint_find_package (TrestleLinter *self, JsonNode *version, gboolean *known);

/** trestle_lint_version_arn: Returns: (nullable): ARN of the package or algorithm of @version */
const char *trestle_lint_version_arn (JsonNode *version);

/** trestle_lint_is_new: Returns: whether AWS does not have @version yet */
gboolean trestle_lint_is_new (JsonNode *version);

void trestle_lint_fields (TrestleLinter *self);
void trestle_lint_product (TrestleLinter *self);
void trestle_lint_versions (TrestleLinter *self);
void trestle_lint_packages (TrestleLinter *self);
void trestle_lint_usage (TrestleLinter *self);
void trestle_lint_prices (TrestleLinter *self);
void trestle_lint_terms (TrestleLinter *self);

G_END_DECLS
