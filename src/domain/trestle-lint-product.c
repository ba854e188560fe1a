/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-lint-private.h"

#include <string.h>

#include "domain/trestle-limits.h"
#include "domain/trestle-marketplace.h"
#include "domain/trestle-node.h"
#include "domain/trestle-text.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* The name in @names that @text is but for capitals. */
static const char *
find_alike (const char *const *names, const char *text)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], text) == 0)
      return names[i];
  return NULL;
}

static void
check_categories (TrestleLinter *self)
{
  JsonNode *list = trestle_node_member (self->product, "Categories");

  for (guint i = 0; i < trestle_node_length (list); i++)
    {
      const char *name = trestle_node_self_text (trestle_node_element (list, i));
      g_autofree char *field = NULL;
      const char *alike;

      if (name == NULL || *name == '\0')
        continue;
      alike = find_alike (self->facts->categories, name);
      if (alike == NULL)
        alike = find_alike (trestle_marketplace_categories (), name);
      if (g_strcmp0 (alike, name) == 0)
        continue;
      field = g_strdup_printf ("Product.Categories[%u]", i);
      trestle_lint_report (
          self, RULE_CATEGORY_UNKNOWN, field,
          alike != NULL ? g_strdup_printf (_ ("The category “%s” is written “%s”."), name, alike)
                        : g_strdup_printf (_ ("“%s” is not a category that Trestle knows."), name));
    }
}

static void
check_links (TrestleLinter *self)
{
  JsonNode *list = trestle_node_member (self->product, "AdditionalResources");
  gint64 limit = trestle_limit (TRESTLE_LIMIT_LISTING_LINK_CHARS);

  for (guint i = 0; i < trestle_node_length (list); i++)
    {
      JsonNode *link = trestle_node_element (list, i);
      const char *text = trestle_node_text (link, "Text"), *url = trestle_node_text (link, "Url");
      g_autofree char *field = NULL;
      glong length;

      if (text == NULL || url == NULL)
        continue;
      length = g_utf8_strlen (text, -1) + g_utf8_strlen (url, -1);
      if (length <= limit)
        continue;
      field = g_strdup_printf ("Product.AdditionalResources[%u]", i);
      trestle_lint_report (
          self, RULE_LINK_LENGTH, field,
          g_strdup_printf (_ ("The link's text and address have %d characters together; some of "
                              "AWS's sources allow only %d."),
                           (int) length, (int) limit));
    }
}

static void
check_support (TrestleLinter *self)
{
  const char *text = trestle_node_text (self->product, "SupportDescription");

  if (text == NULL
      || trestle_text_matches ("(?i)\\S@\\S|https?://|\\bwww\\.|\\bno support\\b", text))
    return;
  trestle_lint_report (self, RULE_SUPPORT_CONTACT, "Product.SupportDescription",
                       g_strdup (_ ("The support text has no address to write to.")));
}

/* A subject that a text should have, and the words by which it is known; English, as listings are. */
typedef struct
{
  const char *subject;
  const char *expression;
} Topic;

static char *
dup_missing_topics (const char *text, const Topic *topics, gsize n)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (gsize i = 0; i < n; i++)
    if (!trestle_text_matches (topics[i].expression, text))
      g_strv_builder_add (missing, _ (topics[i].subject));
  list = g_strv_builder_end (missing);
  return list[0] != NULL ? g_strjoinv (", ", list) : NULL;
}

static void
check_description (TrestleLinter *self)
{
  static const Topic topics[] = {
    { N_ ("for whom it is"), "(?i)\\bfor\\b|\\busers?\\b|\\bwho\\b|\\bteams?\\b" },
    { N_ ("use cases"), "(?i)\\buse(d|s|ful)?\\b|\\buse.cases?\\b|\\bappli(es|cations?)\\b" },
    { N_ ("how it was trained"), "(?i)\\b(pre-?)?train(ed|ing)?\\b|\\bfine-?tuned\\b" },
    { N_ ("on which data"), "(?i)\\bdata(sets?)?\\b|\\bcorpus\\b|\\bcorpora\\b" },
    { N_ ("limits"),
      "(?i)\\blimit(s|ed|ations?)?\\b|\\bnot? (suitable|support)|\\bonly\\b|\\bat most\\b" },
    { N_ ("metrics"),
      "(?i)\\bmetrics?\\b|\\baccura(te|cy)\\b|\\bprecision\\b|\\brecall\\b|\\bF1\\b|"
      "\\bAUC\\b|\\bBLEU\\b|\\berror rate\\b|\\bWER\\b" },
    { N_ ("latency"),
      "(?i)\\blatency\\b|\\bmilliseconds?\\b|\\bms\\b|\\bseconds?\\b|\\bthroughput\\b" },
    { N_ ("type of algorithm"),
      "(?i)\\balgorithms?\\b|\\bnetworks?\\b|\\btransformers?\\b|\\btrees?\\b|"
      "\\bregression\\b|\\bclassifi(er|cation)\\b|\\bLLM\\b|\\bforest\\b" },
  };
  const char *text = trestle_node_text (self->product, "LongDescription");
  g_autofree char *missing = NULL;

  if (text == NULL)
    return;
  missing = dup_missing_topics (text, topics, G_N_ELEMENTS (topics));
  if (missing != NULL)
    trestle_lint_report (
        self, RULE_DESCRIPTION_TOPICS, "Product.LongDescription",
        g_strdup_printf (_ ("The long description does not seem to speak of: %s."), missing));
}

/* By its name, where nothing is known of the file. */
static gboolean
is_named_otherwise (const char *path)
{
  static const char *const ends[] = { ".png", ".jpg", ".jpeg", ".gif" };
  const char *name = path != NULL ? strrchr (path, '/') : NULL;
  const char *point;
  g_autofree char *end = NULL;

  if (path == NULL || strchr (path, '?') != NULL)
    return FALSE;
  point = strrchr (name != NULL ? name : path, '.');
  if (point == NULL)
    return FALSE;
  end = g_ascii_strdown (point, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (ends[i], end))
      return FALSE;
  return TRUE;
}

static void
check_logo (TrestleLinter *self)
{
  static const char *const formats[] = { "png", "jpeg", "jpg", "gif", NULL };
  static const char field[] = "Product.LogoUrl";
  const TrestleLintPicture *logo = self->facts->logo;
  const char *path = trestle_node_text (self->product, "LogoUrl");
  gint64 least = trestle_limit (TRESTLE_LIMIT_LOGO_LEAST_PIXELS);
  gint64 most = trestle_limit (TRESTLE_LIMIT_LOGO_MOST_PIXELS);

  if (path == NULL)
    return;
  if (logo == NULL ? is_named_otherwise (path)
                   : logo->format == NULL || !g_strv_contains (formats, logo->format))
    {
      trestle_lint_report (self, RULE_LOGO_FORMAT, field,
                           g_strdup (_ ("The logo is not a PNG, JPEG or GIF picture.")));
      return;
    }
  if (logo == NULL)
    return;
  if (logo->bytes >= trestle_limit (TRESTLE_LIMIT_LOGO_BYTES))
    {
      g_autofree char *size = g_format_size ((guint64) logo->bytes);
      g_autofree char *limit = g_format_size ((guint64) trestle_limit (TRESTLE_LIMIT_LOGO_BYTES));

      trestle_lint_report (
          self, RULE_LOGO_BYTES, field,
          g_strdup_printf (_ ("The logo's file has %s; it has to be below %s."), size, limit));
    }
  if (MIN (logo->width, logo->height) < least || MAX (logo->width, logo->height) > most)
    trestle_lint_report (self, RULE_LOGO_SIDE, field,
                         g_strdup_printf (_ ("The logo has %d × %d pixels; each side has to be "
                                             "between %d and %d."),
                                          logo->width, logo->height, (int) least, (int) most));
  if (logo->width != logo->height && logo->width != 2 * logo->height)
    trestle_lint_report (
        self, RULE_LOGO_RATIO, field,
        g_strdup_printf (_ ("The logo has %d × %d pixels, which is neither 1:1 nor 2:1."),
                         logo->width, logo->height));
  if (!logo->clear_ground)
    trestle_lint_report (self, RULE_LOGO_GROUND, field,
                         g_strdup (_ ("The logo's ground is neither transparent nor white.")));
}

/* What a text leaves out of what buyers of an algorithm want to know; it is in any of three. */
static void
check_algorithms (TrestleLinter *self)
{
  static const Topic topics[] = {
    { N_ ("training data and its channels"), "(?i)\\bchannels?\\b|\\btraining data\\b" },
    { N_ ("minimum of rows"), "(?i)\\bminimum\\b|\\bat least\\b|\\brows?\\b" },
    { N_ ("File or Pipe mode"), "(?i)\\b(fast)?file\\b|\\bpipe\\b" },
    { N_ ("distributed training"), "(?i)\\bdistributed\\b" },
    { N_ ("hyperparameters"), "(?i)\\bhyper-?parameters?\\b" },
    { N_ ("objective metrics"), "(?i)\\bmetrics?\\b|\\bobjectives?\\b" },
  };

  for (guint i = 0; i < trestle_node_length (self->versions); i++)
    {
      JsonNode *version = trestle_node_element (self->versions, i);
      const char *usage = trestle_node_text (version, "UsageInstructions");
      const char *input = trestle_node_text (trestle_node_member (version, "InputProperties"),
                                             "Description");
      g_autofree char *text = NULL, *missing = NULL, *field = NULL;

      if (trestle_node_text (version, "SageMakerAlgorithmArn") == NULL || usage == NULL
          || trestle_node_flag (version, "Restricted"))
        continue;
      text = g_strconcat (usage, "\n", input, NULL);
      missing = dup_missing_topics (text, topics, G_N_ELEMENTS (topics));
      if (missing == NULL)
        continue;
      field = g_strdup_printf ("Versions[%u].UsageInstructions", i);
      trestle_lint_report (
          self, RULE_ALGORITHM_TOPICS, field,
          g_strdup_printf (_ ("The usage instructions do not seem to speak of: %s."), missing));
    }
}

void
trestle_lint_product (TrestleLinter *self)
{
  check_categories (self);
  check_links (self);
  check_support (self);
  check_description (self);
  check_logo (self);
  check_algorithms (self);
}
