/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-attributes.h"

#include <math.h>
#include <string.h>

#include "domain/trestle-limits.h"

#define HEADING "custom attributes"
/* A listing has 35 at most. */
#define MOST 64

static char *
fetch (GMatchInfo *match, const char *name)
{
  char *text = g_match_info_fetch_named (match, name);

  if (text != NULL)
    g_strstrip (text);
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static gboolean
matches (const char *pattern, const char *text, GMatchInfo **match)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);

  return g_regex_match (regex, text, 0, match);
}

static gboolean
is_printable (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      return FALSE;
  return TRUE;
}

static gboolean
read_number (const char *text, double *number)
{
  char *end = NULL;

  *number = text != NULL ? g_ascii_strtod (text, &end) : 0;
  return text != NULL && end != text && *end == '\0' && isfinite (*number);
}

/* "a, b or c" */
static char **
read_values (const char *text)
{
  g_auto (GStrv) parts = g_regex_split_simple (
      "\\s*,\\s*(?:or\\s+|and\\s+)?|\\s+or\\s+|\\s+and\\s+", text, G_REGEX_CASELESS, 0);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *value = g_strdup (g_strstrip (parts[i]));
      gsize length = strlen (value);

      if (length >= 2 && strchr ("\"'`", value[0]) != NULL && value[length - 1] == value[0])
        {
          memmove (value, value + 1, length - 2);
          value[length - 2] = '\0';
        }
      if (*value != '\0' && is_printable (value) && strpbrk (value, ";,=") == NULL)
        g_strv_builder_add (values, value);
    }
  return g_strv_builder_end (values);
}

/* Takes "…, 0.5 when absent" off @constraints. Returns: (transfer full) (nullable): the "0.5" */
static char *
split_fallback (const char *constraints, char **rest)
{
  g_autoptr (GMatchInfo) match = NULL;

  if (!matches ("^(?<rest>.*?)(?:[,;]\\s*|\\s*\\(|^)(?:(?<a>[^,;()]+?)\\s+(?:when|if)\\s+"
                "(?:absent|omitted|left out|not given|not sent)|default(?:s to|:| is|)\\s+"
                "(?<b>[^,;()]+?))\\s*\\)?\\.?$",
                constraints, &match))
    {
      *rest = g_strdup (constraints);
      return NULL;
    }
  *rest = g_match_info_fetch_named (match, "rest");
  g_strstrip (*rest);
  {
    g_autofree char *a = fetch (match, "a");

    return a != NULL ? g_steal_pointer (&a) : fetch (match, "b");
  }
}

typedef struct
{
  TrestleAttributeKind kind;
  double minimum, maximum;
  gboolean whole;
  char **values;
  char *fallback;
} Rule;

static gboolean
read_range (Rule *rule, const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  g_autofree char *word = NULL;
  double fallback;

  if (!matches (
          "^(?<word>(?:an? |any )?(?:integer|whole number)s?|(?:a )?number|)\\s*(?:from |between |)\\s*"
          "(?<least>-?[0-9.]+)\\s*(?:to|and|-|–|…|\\.\\.)\\s*(?<most>-?[0-9.]+)\\.?$",
          text, &match))
    return FALSE;
  least = fetch (match, "least");
  most = fetch (match, "most");
  word = fetch (match, "word");
  if (!read_number (least, &rule->minimum) || !read_number (most, &rule->maximum)
      || rule->minimum > rule->maximum)
    return FALSE;
  rule->kind = TRESTLE_ATTRIBUTE_KIND_RANGE;
  rule->whole = word != NULL && matches ("integer|whole", word, NULL);
  if (rule->fallback != NULL
      && (!read_number (rule->fallback, &fallback) || fallback < rule->minimum
          || fallback > rule->maximum))
    g_clear_pointer (&rule->fallback, g_free);
  return TRUE;
}

static gboolean
read_words (Rule *rule, const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *how = NULL;
  g_autofree char *list = NULL;

  if (matches ("^(?<list>on or off|true or false|yes or no)\\.?$", text, &match))
    rule->kind = TRESTLE_ATTRIBUTE_KIND_SWITCH;
  else
    {
      g_clear_pointer (&match, g_match_info_unref);
      if (!matches ("^(?<how>one of|either|any of|any number of|some of):?\\s+(?<list>.+?)\\.?$",
                    text, &match))
        return FALSE;
      how = fetch (match, "how");
      rule->kind = g_ascii_strcasecmp (how, "one of") == 0
                           || g_ascii_strcasecmp (how, "either") == 0
                       ? TRESTLE_ATTRIBUTE_KIND_CHOICE
                       : TRESTLE_ATTRIBUTE_KIND_SET;
    }
  list = fetch (match, "list");
  rule->values = read_values (list);
  if (g_strv_length (rule->values) < (rule->kind == TRESTLE_ATTRIBUTE_KIND_SET ? 1 : 2))
    {
      g_clear_pointer (&rule->values, g_strfreev);
      rule->kind = TRESTLE_ATTRIBUTE_KIND_TEXT;
      return FALSE;
    }
  if (rule->kind == TRESTLE_ATTRIBUTE_KIND_SET && g_strcmp0 (rule->fallback, "all") == 0)
    {
      g_free (rule->fallback);
      rule->fallback = g_strjoinv (",", rule->values);
    }
  else if (rule->kind != TRESTLE_ATTRIBUTE_KIND_SET && rule->fallback != NULL
           && !g_strv_contains ((const char *const *) rule->values, rule->fallback))
    g_clear_pointer (&rule->fallback, g_free);
  return TRUE;
}

static TrestleAttribute *
read_line (const char *line)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *name = NULL;
  g_autofree char *marks = NULL;
  g_autofree char *description = NULL;
  g_autofree char *constraints = NULL;
  g_autofree char *rest = NULL;
  Rule rule = { .kind = TRESTLE_ATTRIBUTE_KIND_TEXT };
  TrestleAttribute *attribute;

  if (!matches (
          "^\\s*[-*•]\\s+[`*]*(?<name>[^\\s`*():;=]{1,100})[`*]*\\s*(?:\\((?<marks>[^)]*)\\))?\\s*"
          "(?::|–|—|-)\\s*(?<what>.*?)\\s*(?:\\[(?<rules>[^]]*)\\])?\\.?$",
          line, &match))
    return NULL;
  name = fetch (match, "name");
  marks = fetch (match, "marks");
  description = fetch (match, "what");
  constraints = fetch (match, "rules");
  if (!is_printable (name))
    return NULL;
  if (constraints != NULL)
    {
      rule.fallback = split_fallback (constraints, &rest);
      if (!read_range (&rule, rest))
        read_words (&rule, rest);
    }
  attribute = g_object_new (TRESTLE_TYPE_ATTRIBUTE, "name", name, "description", description,
                            "constraints", constraints, "required",
                            marks != NULL && matches ("\\brequired\\b", marks, NULL), "kind",
                            rule.kind, "minimum", rule.minimum, "maximum", rule.maximum, "whole",
                            rule.whole, "values", rule.values, "fallback", rule.fallback, NULL);
  g_strfreev (rule.values);
  g_free (rule.fallback);
  return attribute;
}

static gboolean
is_heading (const char *line)
{
  return matches ("^\\W*" HEADING "\\W*$", line, NULL);
}

GListModel *
trestle_attributes_parse (const char *usage)
{
  GListStore *found = g_list_store_new (TRESTLE_TYPE_ATTRIBUTE);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *valid = g_utf8_make_valid (usage != NULL ? usage : "", -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  gboolean inside = FALSE;

  for (guint i = 0; lines[i] != NULL && g_hash_table_size (names) < MOST; i++)
    {
      g_autoptr (TrestleAttribute) attribute = NULL;

      g_strchomp (lines[i]);
      if (!inside)
        {
          inside = is_heading (lines[i]);
          continue;
        }
      attribute = read_line (lines[i]);
      if (attribute == NULL && *lines[i] != '\0')
        inside = FALSE; /* the next heading, or plain words */
      else if (attribute != NULL
               && !g_hash_table_contains (names, trestle_attribute_get_name (attribute)))
        {
          g_list_store_append (found, attribute);
          g_hash_table_add (names, (gpointer) trestle_attribute_get_name (attribute));
        }
    }
  return G_LIST_MODEL (found);
}

static TrestleAttributeProblem
check_number (TrestleAttribute *self, const char *value)
{
  double number;

  if (!read_number (value, &number))
    return TRESTLE_ATTRIBUTE_NO_NUMBER;
  if (trestle_attribute_get_whole (self) && floor (number) != number)
    return TRESTLE_ATTRIBUTE_NO_WHOLE;
  if (number < trestle_attribute_get_minimum (self))
    return TRESTLE_ATTRIBUTE_TOO_SMALL;
  return number > trestle_attribute_get_maximum (self) ? TRESTLE_ATTRIBUTE_TOO_LARGE
                                                       : TRESTLE_ATTRIBUTE_OK;
}

TrestleAttributeProblem
trestle_attribute_check (TrestleAttribute *self, const char *value)
{
  const char *const *values;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (TRESTLE_IS_ATTRIBUTE (self), TRESTLE_ATTRIBUTE_OK);

  if (value == NULL || *value == '\0')
    return trestle_attribute_get_required (self) ? TRESTLE_ATTRIBUTE_MISSING : TRESTLE_ATTRIBUTE_OK;
  if (!is_printable (value))
    return TRESTLE_ATTRIBUTE_UNPRINTABLE;
  if (strchr (value, ';') != NULL)
    return TRESTLE_ATTRIBUTE_SEPARATOR;
  switch (trestle_attribute_get_kind (self))
    {
    case TRESTLE_ATTRIBUTE_KIND_RANGE:
      return check_number (self, value);
    case TRESTLE_ATTRIBUTE_KIND_CHOICE:
    case TRESTLE_ATTRIBUTE_KIND_SWITCH:
    case TRESTLE_ATTRIBUTE_KIND_SET:
      values = trestle_attribute_get_values (self);
      words = trestle_attribute_get_kind (self) == TRESTLE_ATTRIBUTE_KIND_SET
                  ? g_strsplit (value, ",", -1)
                  : g_strdupv ((char *[]) { (char *) value, NULL });
      for (guint i = 0; words[i] != NULL; i++)
        if (!g_strv_contains (values, words[i]))
          return TRESTLE_ATTRIBUTE_NO_CHOICE;
      return TRESTLE_ATTRIBUTE_OK;
    case TRESTLE_ATTRIBUTE_KIND_TEXT:
    default:
      return TRESTLE_ATTRIBUTE_OK;
    }
}

gboolean
trestle_attributes_is_sendable (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);
  return is_printable (text)
         && (gint64) strlen (text) <= trestle_limit (TRESTLE_LIMIT_ATTRIBUTES_CHARS);
}
