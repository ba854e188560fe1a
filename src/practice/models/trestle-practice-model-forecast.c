/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"
#include "practice/models/trestle-practice-table.h"

#define MAX_ROWS 100000
#define MIN_ROWS 8
#define MAX_SEASON 366
/* Older values say little about the next ones; the fit looks at this many of the newest. */
#define MAX_FITTED 4000
/* A season is believed if the series, shifted by it, is this much like itself. */
#define MIN_LIKENESS 0.35
/* One value in ten lies above this many standard deviations. */
#define TENTH 1.2816
#define MAX_FIRST_SEASONS 6
/* A trend goes on, but not for ever. */
#define DAMPING 0.985

/* Additive smoothing after Holt and Winters; no season if season is less than 2. */
typedef struct
{
  double alpha, beta, gamma;
  guint season;
  double level, trend;
  double seasonal[MAX_SEASON];
  double variance;
} Fit;

/* What is left of the series when its straight line, of which *level is the first value, is taken
 * away. */
static double *
take_line_away (const double *x, guint n, double *level, double *slope)
{
  double *rest = g_new (double, n);
  double mean = 0, middle = (n - 1) / 2.0, sxy = 0, sxx = 0;

  for (guint i = 0; i < n; i++)
    mean += x[i] / n;
  for (guint i = 0; i < n; i++)
    {
      sxy += (i - middle) * (x[i] - mean);
      sxx += (i - middle) * (i - middle);
    }
  *slope = sxy / sxx;
  *level = mean - *slope * middle;
  for (guint i = 0; i < n; i++)
    rest[i] = x[i] - *level - *slope * i;

  return rest;
}

static double
likeness (const double *x, guint n, guint lag)
{
  double both = 0, one = 0, two = 0;

  for (guint i = lag; i < n; i++)
    {
      both += x[i] * x[i - lag];
      one += x[i] * x[i];
      two += x[i - lag] * x[i - lag];
    }

  return one > 0 && two > 0 ? both / sqrt (one * two) : 0;
}

/* The shift at which the series is most like itself; of several alike, such as a year and two, the
 * shortest. 1 if there is none. */
static guint
find_season (const double *x, guint n)
{
  double level, slope;
  g_autofree double *rest = take_line_away (x, n, &level, &slope);
  guint n_lags = MIN (MAX_SEASON, n / 2);
  g_autofree double *r = g_new0 (double, n_lags + 2);
  double best = MIN_LIKENESS;
  guint season = 1;

  for (guint lag = 1; lag <= n_lags; lag++)
    r[lag] = likeness (rest, n, lag);
  for (guint lag = 2; lag <= n_lags; lag++)
    {
      gboolean peak = r[lag] >= r[lag - 1] && (lag == n_lags || r[lag] >= r[lag + 1]);

      if (peak && r[lag] > best + (season > 1 ? 0.05 : 0))
        {
          best = r[lag];
          season = lag;
        }
    }

  return season;
}

/* Level and trend before the first value, and the mean season, of the first seasons. */
static void
start (Fit *fit, const double *x, guint n)
{
  guint m = fit->season;
  guint seasons = m >= 2 ? MIN (n / m, MAX_FIRST_SEASONS) : 0;
  guint first = m >= 2 ? seasons * m : MIN (n, MIN_ROWS);
  double level, slope;
  g_autofree double *rest = take_line_away (x, first, &level, &slope);

  fit->trend = slope;
  fit->level = level - slope;
  for (guint i = 0; i < seasons * m; i++)
    fit->seasonal[i % m] += rest[i] / seasons;
}

/* Runs over the series and leaves the state after its last value, and the variance of the errors of
 * the forecasts one step ahead. */
static void
run (Fit *fit, const double *x, guint n)
{
  guint m = fit->season, warm = MAX (m, 2);
  double sum = 0;

  start (fit, x, n);
  for (guint i = 0; i < n; i++)
    {
      double season = m >= 2 ? fit->seasonal[i % m] : 0;
      double error = x[i] - fit->level - DAMPING * fit->trend - season;

      fit->level += DAMPING * fit->trend + fit->alpha * error;
      fit->trend = DAMPING * fit->trend + fit->alpha * fit->beta * error;
      if (m >= 2)
        fit->seasonal[i % m] += fit->gamma * (1 - fit->alpha) * error;
      if (i >= warm)
        sum += error * error;
    }
  fit->variance = sum / MAX (n - warm, 1);
}

static Fit *
best_fit (const double *x, guint n, guint season)
{
  static const double alphas[] = { 0.02, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9 };
  static const double betas[] = { 0, 0.05, 0.2, 0.5 };
  static const double gammas[] = { 0, 0.1, 0.3, 0.6 };
  Fit *best = g_new0 (Fit, 1);
  g_autofree Fit *fit = g_new0 (Fit, 1);

  best->variance = INFINITY;
  for (guint a = 0; a < G_N_ELEMENTS (alphas); a++)
    for (guint b = 0; b < G_N_ELEMENTS (betas); b++)
      for (guint g = 0; g < (season >= 2 ? G_N_ELEMENTS (gammas) : 1); g++)
        {
          *fit = (Fit) {
            .alpha = alphas[a], .beta = betas[b], .gamma = gammas[g], .season = season
          };
          run (fit, x, n);
          if (fit->variance < best->variance)
            *best = *fit;
        }

  return best;
}

static void
write_step (const Fit *fit,
            guint n,
            guint step,
            double *spread,
            double *reach,
            TrestlePracticeJson *json,
            GString *csv)
{
  guint m = fit->season;
  double value = fit->level, width, echo;

  /* The trend's share so far: a damped sum. */
  *reach += pow (DAMPING, step);
  value += *reach * fit->trend;
  if (m >= 2)
    value += fit->seasonal[(n + step - 1) % m];
  width = TENTH * sqrt (fit->variance * (1 + *spread));

  /* An error of this step lives on in the ones after it by so much. */
  echo = fit->alpha * (1 + fit->beta * *reach);
  if (m >= 2 && step % m == 0)
    echo += fit->gamma * (1 - fit->alpha);
  *spread += echo * echo;

  if (csv != NULL)
    {
      double figures[] = { value, value - width, value + width };
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (csv, "%u", step);
      for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
        g_string_append_printf (csv, ",%s",
                                g_ascii_formatd (number, sizeof number, "%.8g", figures[i]));
      g_string_append_c (csv, '\n');
      return;
    }
  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_int (json, "step", step);
  trestle_practice_json_double (json, "value", value, 4);
  trestle_practice_json_double (json, "lower", value - width, 4);
  trestle_practice_json_double (json, "upper", value + width, 4);
  trestle_practice_json_close (json, '}');
}

static TrestlePracticeAnswer *
write_forecast (TrestlePracticeRequest *request, const Fit *fit, guint n, guint horizon)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();
  gboolean csv = g_str_equal (request->accept, "text/csv");
  g_autoptr (GString) text = csv ? g_string_new ("step,value,lower,upper\n") : NULL;
  double spread = 0, reach = 0;

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_int (json, "season", fit->season >= 2 ? fit->season : 0);
  trestle_practice_json_open (json, "forecast", '[');
  for (guint step = 1; step <= horizon; step++)
    write_step (fit, n, step, &spread, &reach, json, text);
  trestle_practice_json_close (json, ']');
  trestle_practice_json_close (json, '}');

  if (csv)
    return trestle_practice_answer_new (200, g_string_free_to_bytes (g_steal_pointer (&text)),
                                        "text/csv");

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GArray) values = NULL;
  g_autofree Fit *fit = NULL;
  TrestlePracticeAnswer *error = NULL;
  double horizon = 12, season = 0;
  const double *x;
  guint n;

  if (!trestle_practice_request_number (request, "horizon", 1, 365, &horizon, &error)
      || !trestle_practice_request_number (request, "season", 0, MAX_SEASON, &season, &error))
    return error;
  values = trestle_practice_table_series (request, MAX_ROWS, &labels, &error);
  if (values == NULL)
    return error;
  if (values->len < MIN_ROWS)
    return trestle_practice_request_error (request, 422, "%u values are too few; send %d at least",
                                           values->len, MIN_ROWS);

  n = MIN (values->len, MAX_FITTED);
  x = &g_array_index (values, double, values->len - n);
  if ((guint) season >= 2 && n < 2 * (guint) season)
    return trestle_practice_request_error (request, 422,
                                           "%u values are less than two seasons of "
                                           "%u",
                                           values->len, (guint) season);

  fit = best_fit (x, n, season >= 1 ? (guint) season : find_season (x, n));
  trestle_practice_request_log (request,
                                "[INFO] forecast: %u values, season %u, alpha %.2f beta "
                                "%.2f gamma %.2f, rmse %.4g",
                                n, fit->season, fit->alpha, fit->beta, fit->gamma,
                                sqrt (fit->variance));

  return write_forecast (request, fit, n, (guint) horizon);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_forecast, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_forecast = {
  .id = "forecast",
  .content_types = (const char *const[]) { "text/csv", NULL },
  .accepts = (const char *const[]) { "application/json", "text/csv", NULL },
  .samples = (const char *const[]) { "forecast-ferry.csv", NULL },
  .invoke = invoke,
};
