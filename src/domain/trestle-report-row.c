/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "base/trestle-money.h"
#include "domain/trestle-report.h"

struct _TrestleReportRow
{
  GObject parent_instance;

  char *key;
  char *label;
  char *detail;
  char currency[4];
  guint n_values;
  guint n_parts;
  TrestleDecimal *values; /* then the parts */
  TrestleDecimal *before;
};

G_DEFINE_FINAL_TYPE (TrestleReportRow, trestle_report_row, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KEY,
  PROP_LABEL,
  PROP_DETAIL,
  PROP_CURRENCY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
trestle_report_row_finalize (GObject *object)
{
  TrestleReportRow *self = TRESTLE_REPORT_ROW (object);

  g_free (self->key);
  g_free (self->label);
  g_free (self->detail);
  g_free (self->values);
  g_free (self->before);
  G_OBJECT_CLASS (trestle_report_row_parent_class)->finalize (object);
}

static void
trestle_report_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleReportRow *self = TRESTLE_REPORT_ROW (object);

  switch (id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_CURRENCY:
      g_value_set_string (value, self->currency);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_report_row_class_init (TrestleReportRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = trestle_report_row_finalize;
  object_class->get_property = trestle_report_row_get_property;
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_report_row_init (TrestleReportRow *self)
{
}

TrestleReportRow *
trestle_report_row_new (const char *key,
                        const char *label,
                        const char *detail,
                        const char *currency,
                        const TrestleDecimal *values,
                        guint n_values,
                        const TrestleDecimal *parts,
                        guint n_parts)
{
  TrestleReportRow *self = g_object_new (TRESTLE_TYPE_REPORT_ROW, NULL);

  self->key = g_strdup (key);
  self->label = g_strdup (label);
  self->detail = g_strdup (detail);
  g_strlcpy (self->currency, currency, sizeof self->currency);
  self->n_values = n_values;
  self->n_parts = parts != NULL ? n_parts : 0;
  self->values = g_new (TrestleDecimal, n_values + self->n_parts);
  for (guint i = 0; i < n_values; i++)
    self->values[i] = values[i];
  for (guint i = 0; i < self->n_parts; i++)
    self->values[n_values + i] = parts[i];
  return self;
}

const char *
trestle_report_row_get_key (TrestleReportRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), NULL);
  return self->key;
}

const char *
trestle_report_row_get_label (TrestleReportRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), NULL);
  return self->label;
}

const char *
trestle_report_row_get_detail (TrestleReportRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), NULL);
  return self->detail;
}

const char *
trestle_report_row_get_currency (TrestleReportRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), NULL);
  return self->currency;
}

TrestleDecimal
trestle_report_row_get_value (TrestleReportRow *self, guint column)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), 0);
  return column < self->n_values ? self->values[column] : 0;
}

TrestleDecimal
trestle_report_row_get_part (TrestleReportRow *self, guint series)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), 0);
  return series < self->n_parts ? self->values[self->n_values + series] : 0;
}

gboolean
trestle_report_row_get_before (TrestleReportRow *self, guint column, TrestleDecimal *value)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), FALSE);
  *value = self->before != NULL && column < self->n_values ? self->before[column] : 0;
  return self->before != NULL;
}

void
trestle_report_row_set_before (TrestleReportRow *self, const TrestleDecimal *values, guint n)
{
  g_return_if_fail (TRESTLE_IS_REPORT_ROW (self));

  g_free (self->before);
  self->before = g_new0 (TrestleDecimal, self->n_values);
  for (guint i = 0; i < MIN (n, self->n_values); i++)
    self->before[i] = values[i];
}

char *
trestle_report_row_dup_change (TrestleReportRow *self, guint column)
{
  TrestleDecimal now, before, unit, percent;

  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), NULL);

  if (!trestle_report_row_get_before (self, column, &before))
    return NULL;
  if (before < 0)
    before = -before;
  unit = before / 100;
  if (unit == 0)
    return NULL;
  now = trestle_report_row_get_value (self, column);
  trestle_report_row_get_before (self, column, &before);
  percent = now - before;
  percent = (percent + (percent < 0 ? -(unit / 2) : unit / 2)) / unit;
  percent = CLAMP (percent, -99999, 99999);
  return g_strdup_printf ("%s%d %%", percent < 0 ? "−" : "+",
                          (int) (percent < 0 ? -percent : percent));
}

/* Of those that AWS Marketplace sells in, one has no smaller unit. */
static guint
places_of (const char *currency)
{
  return g_strcmp0 (currency, "JPY") == 0 ? 0 : 2;
}

char *
trestle_report_format (TrestleDecimal value, TrestleReportMeasure measure, const char *currency)
{
  g_autoptr (TrestleMoney) money = NULL;
  g_autofree char *text = NULL;
  guint places;

  switch (measure)
    {
    case TRESTLE_REPORT_COUNT:
      return trestle_decimal_format (value, 0);
    case TRESTLE_REPORT_QUANTITY:
      return trestle_decimal_format (value, 1);
    case TRESTLE_REPORT_AMOUNT:
    default:
      places = places_of (currency);
      if (currency == NULL || *currency == '\0')
        return trestle_decimal_format (value, places);
      text = trestle_decimal_to_string (trestle_decimal_round (value, places), 2);
      money = trestle_money_parse (text, currency, NULL);
      return money != NULL ? trestle_money_format (money, places)
                           : g_strconcat (text, " ", currency, NULL);
    }
}

char *
trestle_report_row_dup_text (TrestleReportRow *self, const TrestleReportInfo *info, guint column)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ROW (self), NULL);
  g_return_val_if_fail (column < info->n_columns, NULL);

  if (info->columns[column].measure == TRESTLE_REPORT_AMOUNT)
    return trestle_decimal_format (trestle_report_row_get_value (self, column),
                                   places_of (self->currency));
  return trestle_report_format (trestle_report_row_get_value (self, column),
                                info->columns[column].measure, NULL);
}
