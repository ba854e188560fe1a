/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-price-line.h"

#include <glib/gi18n.h>

#include "domain/trestle-rate-card.h"

#define CURRENCY "USD" /* public offers are in it */

static const char *const mode_names[TRESTLE_PRICE_MODES] = { N_ ("Real-time"), N_ ("Batch"),
                                                             N_ ("Training") };

struct _TrestlePriceLine
{
  GObject parent_instance;

  TrestleOpenDraft *draft;
  char *type;
  char *keys[TRESTLE_PRICE_MODES];
  guint rows[TRESTLE_PRICE_MODES]; /* where their prices were found the last time */
  guint live_rows[TRESTLE_PRICE_MODES];
  char *version;
  char *content; /* as it was told the last time */
  TrestleInstancePrice *machines[TRESTLE_PRICE_MODES];
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (TrestlePriceLine, trestle_price_line, G_TYPE_OBJECT)

enum
{
  PROP_SELECTED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
trestle_price_line_finalize (GObject *object)
{
  TrestlePriceLine *self = TRESTLE_PRICE_LINE (object);

  g_clear_object (&self->draft);
  g_free (self->type);
  g_free (self->version);
  g_free (self->content);
  for (guint i = 0; i < TRESTLE_PRICE_MODES; i++)
    {
      g_free (self->keys[i]);
      g_clear_object (&self->machines[i]);
    }
  G_OBJECT_CLASS (trestle_price_line_parent_class)->finalize (object);
}

static void
trestle_price_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestlePriceLine *self = TRESTLE_PRICE_LINE (object);

  if (id == PROP_SELECTED)
    g_value_set_boolean (value, self->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_price_line_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestlePriceLine *self = TRESTLE_PRICE_LINE (object);
  gboolean selected = g_value_get_boolean (value);

  if (id != PROP_SELECTED)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (selected != self->selected)
    {
      self->selected = selected;
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
trestle_price_line_class_init (TrestlePriceLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = trestle_price_line_finalize;
  object_class->get_property = trestle_price_line_get_property;
  object_class->set_property = trestle_price_line_set_property;
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                        | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_PRICE_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_price_line_init (TrestlePriceLine *self)
{
}

TrestlePriceLine *
trestle_price_line_new (TrestleOpenDraft *draft, const char *type)
{
  TrestlePriceLine *self = g_object_new (TRESTLE_TYPE_PRICE_LINE, NULL);

  self->draft = g_object_ref (draft);
  self->type = g_strdup (type);
  return self;
}

const char *
trestle_price_line_get_instance_type (TrestlePriceLine *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), NULL);
  return self->type;
}

gboolean
trestle_price_line_get_selected (TrestlePriceLine *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), FALSE);
  return self->selected;
}

void
trestle_price_line_set_key (TrestlePriceLine *self,
                            guint mode,
                            const char *key,
                            const char *version)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINE (self) && mode < TRESTLE_PRICE_MODES);

  g_set_str (&self->keys[mode], key);
  if (version != NULL)
    g_set_str (&self->version, version);
}

void
trestle_price_line_set_machine (TrestlePriceLine *self, guint mode, TrestleInstancePrice *machine)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINE (self) && mode < TRESTLE_PRICE_MODES);

  g_set_object (&self->machines[mode], machine);
}

TrestleInstancePrice *
trestle_price_line_get_machine (TrestlePriceLine *self, guint mode)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self) && mode < TRESTLE_PRICE_MODES, NULL);
  return self->machines[mode];
}

/* What the type is made of is the same for all uses. */
static TrestleInstancePrice *
any_machine (TrestlePriceLine *self)
{
  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    if (self->machines[mode] != NULL)
      return self->machines[mode];
  return NULL;
}

static const TrestleMoney *
get_hourly (TrestlePriceLine *self, guint mode)
{
  return self->machines[mode] != NULL ? trestle_instance_price_get_hourly (self->machines[mode])
                                      : NULL;
}

char *
trestle_price_line_dup_facts (TrestlePriceLine *self)
{
  TrestleInstancePrice *machine;
  const char *gpu;
  g_autofree char *facts = NULL;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), NULL);

  machine = any_machine (self);
  if (machine == NULL || trestle_instance_price_get_vcpu (machine) == NULL
      || trestle_instance_price_get_memory (machine) == NULL)
    return g_strdup ("");
  facts = g_strdup_printf (_ ("%s vCPU · %s"), trestle_instance_price_get_vcpu (machine),
                           trestle_instance_price_get_memory (machine));
  gpu = trestle_instance_price_get_gpu (machine);
  if (gpu == NULL || g_str_equal (gpu, "0"))
    return g_steal_pointer (&facts);
  return g_strdup_printf (_ ("%s · %s GPU"), facts, gpu);
}

char *
trestle_price_line_dup_machine (TrestlePriceLine *self)
{
  const TrestleMoney *least = NULL;
  const TrestleMoney *most = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), NULL);

  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    {
      const TrestleMoney *hourly = get_hourly (self, mode);

      if (self->keys[mode] == NULL || hourly == NULL)
        continue;
      if (least == NULL || trestle_money_compare (hourly, least) < 0)
        least = hourly;
      if (most == NULL || trestle_money_compare (hourly, most) > 0)
        most = hourly;
    }
  if (least == NULL)
    return g_strdup ("–");
  from = trestle_money_format (least, 3);
  if (trestle_money_compare (least, most) == 0)
    return g_steal_pointer (&from);
  to = trestle_money_format (most, 3);
  return g_strdup_printf ("%s–%s", from, to);
}

char *
trestle_price_line_dup_totals (TrestlePriceLine *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), NULL);

  for (guint mode = 0; self->type != NULL && mode < TRESTLE_PRICE_MODES; mode++)
    {
      const TrestleMoney *hourly = get_hourly (self, mode);
      g_autoptr (TrestleMoney)
          price = trestle_money_parse (trestle_price_line_get_price (self, mode), CURRENCY, NULL);
      g_autoptr (TrestleMoney) total = NULL;
      g_autofree char *machine = NULL;
      g_autofree char *software = NULL;
      g_autofree char *sum = NULL;

      if (price != NULL && hourly != NULL)
        total = trestle_money_add (price, hourly, NULL);
      if (total == NULL)
        continue;
      machine = trestle_money_format (hourly, 3);
      software = trestle_money_format (price, 2);
      sum = trestle_money_format (total, 3);
      /* Translators: Real-time: machine $0.115 + software $0.35 = $0.465 */
      g_string_append_printf (text, _ ("%s: machine %s + software %s = %s"), _ (mode_names[mode]),
                              machine, software, sum);
      g_string_append_c (text, '\n');
    }
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *find (TrestleDraft *draft, const char *key, guint *row);

/* All that a line says goes by this. */
static char *
dup_content (TrestlePriceLine *self)
{
  TrestleDraft *live = trestle_open_draft_get_live (self->draft);
  GString *content = g_string_new (live != NULL ? "live" : "");

  g_string_append_printf (content, "\n%s", self->version != NULL ? self->version : "");
  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    g_string_append_printf (content, "\n%s\n%s\n%s\n%p", self->keys[mode] != NULL ? "has" : "",
                            trestle_price_line_get_price (self, mode),
                            find (live, self->keys[mode], &self->live_rows[mode]),
                            (gpointer) self->machines[mode]);
  return g_string_free (content, FALSE);
}

void
trestle_price_line_update (TrestlePriceLine *self, gboolean anyway)
{
  g_autofree char *content = NULL;

  g_return_if_fail (TRESTLE_IS_PRICE_LINE (self));

  content = dup_content (self);
  if (g_set_str (&self->content, content) || anyway)
    g_signal_emit (self, changed_signal, 0);
}

gboolean
trestle_price_line_has (TrestlePriceLine *self, guint mode)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self) && mode < TRESTLE_PRICE_MODES, FALSE);
  return self->keys[mode] != NULL;
}

const char *
trestle_price_line_get_key (TrestlePriceLine *self, guint mode)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self) && mode < TRESTLE_PRICE_MODES, NULL);
  return self->keys[mode];
}

const char *
trestle_price_line_get_version (TrestlePriceLine *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), NULL);
  return self->version;
}

static const char *
find (TrestleDraft *draft, const char *key, guint *row)
{
  const char *price = draft != NULL && key != NULL ? trestle_rate_card_find_near (draft, key, row)
                                                   : NULL;

  return price != NULL ? price : "";
}

const char *
trestle_price_line_get_price (TrestlePriceLine *self, guint mode)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self) && mode < TRESTLE_PRICE_MODES, "");
  return find (trestle_open_draft_get_draft (self->draft), self->keys[mode], &self->rows[mode]);
}

void
trestle_price_line_set_price (TrestlePriceLine *self, guint mode, const char *text)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINE (self) && mode < TRESTLE_PRICE_MODES);

  if (self->keys[mode] != NULL)
    trestle_rate_card_set (trestle_open_draft_get_draft (self->draft), self->keys[mode], text);
}

guint
trestle_price_line_count_missing (TrestlePriceLine *self)
{
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), 0);

  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    n += self->keys[mode] != NULL && *trestle_price_line_get_price (self, mode) == '\0';
  return n;
}

/* Returns: (transfer full) (nullable): the first of its prices that can be read */
static TrestleMoney *
first_price (TrestlePriceLine *self, guint *of)
{
  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    {
      TrestleMoney *money = trestle_money_parse (trestle_price_line_get_price (self, mode),
                                                 CURRENCY, NULL);

      *of = mode;
      if (money != NULL)
        return money;
    }
  return NULL;
}

char *
trestle_price_line_dup_total (TrestlePriceLine *self)
{
  g_autoptr (TrestleMoney) price = NULL;
  g_autoptr (TrestleMoney) total = NULL;
  const TrestleMoney *hourly;
  guint mode;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), NULL);

  price = first_price (self, &mode);
  if (price != NULL && self->type == NULL)
    return trestle_money_format (price, 2);
  hourly = get_hourly (self, mode);
  if (price != NULL && hourly != NULL)
    total = trestle_money_add (price, hourly, NULL);
  return total != NULL ? trestle_money_format (total, 3) : g_strdup ("–");
}

/* Returns: (nullable): what becomes of the price of @mode, a sentence of its own or one that goes on
 * after the mode's name; %NULL where it stays, or is none */
static char *
dup_move (TrestlePriceLine *self,
          TrestleDraft *live,
          guint mode,
          const char *name,
          TrestleTone *tone)
{
  const char *was = find (live, self->keys[mode], &self->live_rows[mode]);
  g_autoptr (TrestleMoney) old = trestle_money_parse (was, CURRENCY, NULL);
  g_autoptr (TrestleMoney)
      next = trestle_money_parse (trestle_price_line_get_price (self, mode), CURRENCY, NULL);
  g_autofree char *before = old != NULL ? trestle_money_format (old, 2) : NULL;
  int order = old != NULL && next != NULL ? trestle_money_compare (next, old) : 0;

  if (old == NULL)
    {
      *tone = TRESTLE_TONE_ACCENT;
      if (self->version == NULL)
        return name == NULL ? g_strdup (_ ("New")) : g_strdup_printf (_ ("%s: new"), name);
      return name == NULL ? g_strdup_printf (_ ("New in %s"), self->version)
                          : g_strdup_printf (_ ("%s: new in %s"), name, self->version);
    }
  *tone = order > 0 ? TRESTLE_TONE_WARNING : order < 0 ? TRESTLE_TONE_SUCCESS : TRESTLE_TONE_PLAIN;
  if (order > 0)
    return name == NULL ? g_strdup_printf (_ ("Rise, was %s"), before)
                        : g_strdup_printf (_ ("%s: rise, was %s"), name, before);
  if (order < 0)
    return name == NULL ? g_strdup_printf (_ ("Cut, was %s"), before)
                        : g_strdup_printf (_ ("%s: cut, was %s"), name, before);
  return NULL;
}

char *
trestle_price_line_dup_against (TrestlePriceLine *self, TrestleTone *tone)
{
  /* a rise is what needs most care */
  static const TrestleTone weights[] = { TRESTLE_TONE_PLAIN, TRESTLE_TONE_SUCCESS,
                                         TRESTLE_TONE_ACCENT, TRESTLE_TONE_WARNING };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *all = NULL;
  TrestleDraft *live;
  gboolean alike = TRUE, priced = FALSE;
  guint n = 0, weight = 0;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self), NULL);

  *tone = TRESTLE_TONE_PLAIN;
  live = trestle_open_draft_get_live (self->draft);
  for (guint mode = 0; live != NULL && mode < TRESTLE_PRICE_MODES; mode++)
    {
      TrestleTone its;
      g_autofree char *move = NULL;
      g_autofree char *named = NULL;

      if (self->keys[mode] == NULL)
        continue;
      move = dup_move (self, live, mode, NULL, &its);
      named = dup_move (self, live, mode, _ (mode_names[mode]), &its);
      priced = priced || *trestle_price_line_get_price (self, mode) != '\0';
      alike = alike && (n == 0 || g_strcmp0 (move, all) == 0);
      if (n++ == 0)
        all = g_strdup (move);
      if (named != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", named);
      for (guint i = weight + 1; i < G_N_ELEMENTS (weights); i++)
        if (weights[i] == its)
          weight = i;
    }
  *tone = weights[weight];
  if (live == NULL)
    return g_strdup ("");
  if (text->len == 0)
    return g_strdup (priced ? _ ("Unchanged") : "–");
  return alike ? g_steal_pointer (&all) : g_string_free (g_steal_pointer (&text), FALSE);
}

char *
trestle_price_line_dup_filled (TrestlePriceLine *self,
                               guint mode,
                               const char *formula,
                               const char *step,
                               int direction,
                               GError **error)
{
  g_autoptr (TrestleMoney) unit = trestle_money_parse (step, CURRENCY, NULL);
  g_autoptr (TrestleMoney) price = NULL;
  g_autoptr (TrestleMoney) money = NULL;
  g_autoptr (TrestleMoney) rounded = NULL;
  TrestleInstancePrice *machine = any_machine (self);
  TrestlePriceFacts facts = { NULL };

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINE (self) && unit != NULL, NULL);
  g_return_val_if_fail (mode < TRESTLE_PRICE_MODES, NULL);

  price = trestle_money_parse (trestle_price_line_get_price (self, mode), CURRENCY, NULL);
  facts.price = price;
  facts.machine = get_hourly (self, mode);
  if (machine != NULL)
    {
      facts.vcpu = trestle_instance_price_get_vcpu (machine);
      facts.gpu = trestle_instance_price_get_gpu (machine);
      facts.memory = trestle_instance_price_get_memory (machine);
    }
  money = trestle_price_formula (formula, &facts, CURRENCY, error);
  if (money == NULL)
    {
      if (self->type != NULL)
        g_prefix_error (error, "%s: ", self->type);
      return NULL;
    }
  rounded = trestle_money_round (money, unit, direction);
  return trestle_money_to_string (rounded);
}
